package io.pims.authentication.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged service, PostgreSQL, the fake Vonage and an issuer of tokens, as a process: what {@code SystemUnderTest}
 * among the service's tests starts. It ends with this JVM, because its standard input is closed then.
 */
public final class StartedService implements AutoCloseable {

    private static final Path TARGET = Path.of(System.getProperty("service.directory"), "target")
            .toAbsolutePath()
            .normalize();
    private static final Path CLASS_PATH = TARGET.resolve("tool-classpath");
    private static final Pattern READY = Pattern.compile("ready (http\\S+) (http\\S+)");
    private static final Pattern CODE = Pattern.compile("#([0-9]{6})");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;
    private final String sandbox;

    private StartedService(Process process, URI address, String sandbox) {
        this.process = process;
        this.address = address;
        this.sandbox = sandbox;
    }

    /** Whether the service's build has come so far. It has when it runs this one. */
    public static boolean isPackaged() {
        return Files.exists(CLASS_PATH) && Files.exists(TARGET.resolve("quarkus-app"));
    }

    public static StartedService start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        // It lives for some calls only.
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dquarkus.application.directory=" + TARGET.resolve("quarkus-app"),
                        "io.pims.authentication.replica.SystemUnderTest")
                .directory(TARGET.getParent().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .put(
                        "CLASSPATH",
                        String.join(
                                File.pathSeparator,
                                TARGET.resolve("test-classes").toString(),
                                TARGET.resolve("classes").toString(),
                                TARGET.resolve("sandbox-classes").toString(),
                                Files.readString(CLASS_PATH).strip()));
        Process process = builder.start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return new StartedService(process, URI.create(ready.group(1)), ready.group(2));
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("The service did not start: " + said);
    }

    public URI address() {
        return address;
    }

    public String token(String driver) {
        return ask(HttpRequest.newBuilder(URI.create(sandbox + "/token?user=" + driver)));
    }

    /** A number that nobody has, in E.164: +33 6 10 to +33 6 38, but for those ending in 9990xx, which the fake refuses. */
    public String freeNumber() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "+336" + (random.nextInt(10, 39) * 1_000_000 + random.nextInt(900_000));
    }

    public void certify(String driver, String number) {
        ask(HttpRequest.newBuilder(URI.create(sandbox + "/drivers/" + driver))
                .PUT(BodyPublishers.ofString("{\"phoneNumber\":\"" + number + "\"}")));
    }

    /** All SMS to the number, as JSON. */
    public String messagesTo(String number) {
        return ask(HttpRequest.newBuilder(URI.create(sandbox + "/messages?to=" + number.replace("+", "%2B"))));
    }

    /** The code in the last SMS that has one. */
    public String codeFor(String number) {
        return CODE.matcher(messagesTo(number))
                .results()
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .group(1);
    }

    private String ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isLessThan(300);
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
