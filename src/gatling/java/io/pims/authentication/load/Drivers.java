package io.pims.authentication.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.csv;
import static io.gatling.javaapi.core.CoreDsl.exitHereIf;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.FeederBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Drivers, each with a name and a number of its own: none asks twice in a run, so that the limits for a driver and for a
 * number stay as they are. What makes a driver (token, certified number) is left out of the report.
 */
final class Drivers {

    private static final String RUN = Long.toString(System.currentTimeMillis(), 36);

    /**
     * French mobile numbers, before Mayotte's from +33 6 39 on; each run begins elsewhere, for the limits of a number
     * outlive a run.
     */
    private static final AtomicLong NUMBER =
            new AtomicLong(ThreadLocalRandom.current().nextLong(10_000_000L, 36_000_000L));

    private final Target target;
    private final FeederBuilder<?> users;
    private final AtomicLong failed = new AtomicLong();

    Drivers(Target target) {
        this.target = target;
        target.users().filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw new BadParameter("-Dpims.users: there is no file " + file);
        });
        this.users = target.users().isPresent()
                ? csv(target.users().get().toString()).queue()
                : null;
    }

    static String nextName() {
        return "load-" + RUN + "-" + NUMBER.get();
    }

    /** Refuses to begin a run that would stop in the middle for want of drivers. */
    void require(long count) {
        target.users().ifPresent(file -> {
            long there = lines(file) - 1;
            if (there < count) {
                throw new BadParameter(
                        "This run needs " + count + " drivers, each asks once; " + file + " has " + Math.max(0, there));
            }
        });
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those who could not sign in. */
    long failed() {
        return failed.get();
    }

    /** A driver with a token and a phone, of whose number the service knows nothing. */
    ChainBuilder signIn() {
        ChainBuilder next = users == null ? feed(invented()) : feed(users);
        return next.exec(token().silent()).exec(exitWithout("token"));
    }

    /** The same with the number on file; where there is no sandbox, the file's users have one. */
    ChainBuilder signInWithNumber() {
        if (target.sandbox().isEmpty()) {
            return signIn();
        }
        HttpRequestActionBuilder certify = http("sandbox: number")
                .put(target.sandbox().get() + "/drivers/#{user}")
                .header("Content-Type", "application/json")
                .body(StringBody("{\"phoneNumber\":\"#{number}\"}"))
                .check(status().is(204).saveAs("certified"));
        return signIn().exec(certify.silent()).exec(exitWithout("certified"));
    }

    /** What is not reported does not mark the session as failed either. */
    private ChainBuilder exitWithout(String attribute) {
        return exitHereIf(session -> {
            boolean absent = !session.contains(attribute);
            if (absent) {
                failed.incrementAndGet();
            }
            return absent;
        });
    }

    private HttpRequestActionBuilder token() {
        if (target.users().isEmpty()) {
            return http("token")
                    .get(target.tokens().toString())
                    .queryParam("user", "#{user}")
                    .header("Accept", "text/plain")
                    .check(status().is(200), bodyString().saveAs("token"));
        }
        HttpRequestActionBuilder grant = http("token")
                .post(target.tokens().toString())
                .formParam("grant_type", "password")
                .formParam("username", "#{user}")
                .formParam("password", "#{password}")
                .formParam("client_id", Parameters.text("pims.client-id").orElse("pims"))
                .check(status().is(200), jsonPath("$.access_token").saveAs("token"));
        // Not a property: those are seen by everybody who may list processes.
        String secret = System.getenv("PIMS_CLIENT_SECRET");
        return secret == null ? grant : grant.formParam("client_secret", secret);
    }

    private static Iterator<Map<String, Object>> invented() {
        return Stream.generate(Drivers::invent).iterator();
    }

    private static Map<String, Object> invent() {
        long number = NUMBER.incrementAndGet();
        // The fake Vonage refuses those on purpose.
        if (number / 100 % 10_000 == 9_990) {
            number = NUMBER.addAndGet(100);
        }
        return Map.of("user", "load-" + RUN + "-" + number, "number", "+336" + number);
    }
}
