package io.pims.authentication.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.responseTimeInMillis;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a driver's app asks of the service. Each call is in the report by its name, {@link #NAME} in the session; {@code ask}
 * is the one that the simulations are about. A driver whose call fails goes away.
 */
final class Calls {

    static final String ASK = "ask";
    static final String ASK_AGAIN = "ask again after 503";
    static final String OUTCOME = "outcome";

    private static final String NAME = "name";
    private static final String API = "/v1/authentication";
    private static final String SMSCODE = API + "/smscode";
    private static final String TRANSACTION = SMSCODE + "/#{transaction}";
    private static final String RESET = "{\"type\":\"resetPIN\"}";
    private static final String CERTIFY = "{\"type\":\"phoneNumberCertification\",\"phoneNumber\":\"#{number}\"}";

    /** Over what a deadline of 30 s and a lease add up to, at 20 s a wait and 1 s a poll. */
    private static final int MOST_WAITS = 4;

    private static final int MOST_POLLS = 60;

    private static final int REFUSED = 503;
    private static final int MOST_TRIES = 10;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ResponseTimes times;

    Calls(ResponseTimes times) {
        this.times = times;
    }

    ChainBuilder ask() {
        return timed(ASK, ask(RESET));
    }

    /**
     * As an app does that takes {@code 503} with {@code Retry-After} at its word: the same request, by its idempotency key,
     * until it is accepted. Only who is refused again and again has failed.
     */
    ChainBuilder askUntilAccepted() {
        return exec(session -> session.set("key", UUID.randomUUID().toString()))
                .exec(timed(ASK, askOrBeRefused()))
                .exec(asLongAs(session -> isRefused(session) && session.getInt("tries") < MOST_TRIES, "tries")
                        .on(pause(RETRY_AFTER).exec(timed(ASK_AGAIN, askOrBeRefused()))))
                .doIf(Calls::isRefused)
                .then(dummy("a request that is never accepted", 1).withSuccess(false));
    }

    private static HttpRequestActionBuilder askOrBeRefused() {
        return authorized(http("#{" + NAME + "}").post(SMSCODE))
                .header("Idempotency-Key", "\"#{key}\"")
                .body(StringBody(RESET))
                .check(
                        status().in(202, 200, REFUSED).saveAs("status"),
                        jsonPath("$.transactionId").saveAs("transaction"));
    }

    private static boolean isRefused(Session session) {
        return session.getInt("status") == REFUSED;
    }

    /** Named by the phase that it begins in, which the session keeps. */
    ChainBuilder ask(Phase phase) {
        return exec(session -> session.set("phase", phase.now())).exec(timed(ASK + " ", ask(RESET)));
    }

    /** A code for the number that shall become the trusted one. */
    ChainBuilder askToCertify() {
        return timed("certify: ask", ask(CERTIFY));
    }

    private static HttpRequestActionBuilder ask(String body) {
        return authorized(http("#{" + NAME + "}").post(SMSCODE))
                .body(StringBody(body))
                .check(status().is(202), jsonPath("$.transactionId").saveAs("transaction"));
    }

    /** A request and its outcome that are not in the report. */
    ChainBuilder unreported() {
        return exec(session -> session.set(NAME, ASK))
                .exec(ask(RESET).silent())
                .exitHereIf(session -> !session.contains("transaction"))
                .exec(poll(OUTCOME).silent());
    }

    /** Waits at the server until the transaction is final. */
    ChainBuilder outcome(String... finalStates) {
        return untilFinal(MOST_WAITS, timed(OUTCOME, checked(poll("#{" + NAME + "}"), finalStates)));
    }

    /** Looks once a second, as an app does that knows no {@code Prefer}. */
    ChainBuilder polledOutcome() {
        HttpRequestActionBuilder poll = authorized(http("#{" + NAME + "}").get(TRANSACTION));
        return untilFinal(
                MOST_POLLS, pause(Duration.ofSeconds(1)).exec(timed("certify: poll", checked(poll, "SUCCEEDED"))));
    }

    private static ChainBuilder untilFinal(int most, ChainBuilder poll) {
        return exec(session -> session.set("state", "PENDING"))
                .exec(asLongAs(session -> isPending(session) && session.getInt("polls") < most, "polls")
                        .on(poll))
                .doIf(Calls::isPending)
                .then(dummy("a transaction that stays PENDING", 1).withSuccess(false));
    }

    private static boolean isPending(Session session) {
        return "PENDING".equals(session.getString("state"));
    }

    private static HttpRequestActionBuilder poll(String name) {
        return authorized(http(name).get(TRANSACTION)).header("Prefer", "wait=20");
    }

    private static HttpRequestActionBuilder checked(HttpRequestActionBuilder poll, String... finalStates) {
        List<String> expected =
                Stream.concat(Stream.of("PENDING"), Stream.of(finalStates)).toList();
        CheckBuilder state = jsonPath("$.status").in(expected).saveAs("state");
        return poll.check(status().is(200), state);
    }

    /** Reads the code in the newest SMS at the provider. */
    ChainBuilder readSms(URI sandbox) {
        return exec(http("sandbox: messages")
                        .get(sandbox + "/messages")
                        .queryParam("to", "#{number}")
                        .check(status().is(200), regex("#(\\d{6})").findAll().saveAs("codes")))
                .exitHereIfFailed()
                .exec(session -> {
                    List<String> codes = session.getList("codes");
                    return session.set("code", codes.get(codes.size() - 1));
                });
    }

    ChainBuilder noNumberYet() {
        return timed(
                "number, none yet",
                authorized(http("#{" + NAME + "}").get(API + "/trustedphonenumber"))
                        .check(status().is(404), jsonPath("$.error.code").is("2307")));
    }

    ChainBuilder addNumber() {
        return put(
                "certify: add",
                SMSCODE,
                "{\"action\":\"addPhoneNumber\",\"phoneNumber\":\"#{number}\",\"smsCode\":\"#{code}\"}");
    }

    ChainBuilder resetPin() {
        return put("reset", API + "/pincode", "{\"action\":\"reset\",\"smsCode\":\"#{code}\",\"pinCode\":\"590274\"}");
    }

    ChainBuilder account() {
        return timed(
                "account",
                authorized(http("#{" + NAME + "}").get(API + "/account"))
                        .check(
                                status().is(200),
                                jsonPath("$.result.isAccountBlocked").is("false")));
    }

    private ChainBuilder put(String name, String path, String body) {
        return timed(
                name,
                authorized(http("#{" + NAME + "}").put(path))
                        .body(StringBody(body))
                        .check(status().is(200), jsonPath("$.status").is("SUCCEEDED")));
    }

    /** A name that ends in a blank is completed by the phase in the session. */
    private ChainBuilder timed(String name, HttpRequestActionBuilder request) {
        return exec(session -> session.set(NAME, name.endsWith(" ") ? name + session.getString("phase") : name))
                .exec(request.check(responseTimeInMillis().saveAs("milliseconds")))
                .exitHereIfFailed()
                .exec(session -> {
                    times.add(session.getString(NAME), session.getInt("milliseconds"));
                    return session;
                });
    }

    private static HttpRequestActionBuilder authorized(HttpRequestActionBuilder request) {
        return request.header("Authorization", "Bearer #{token}").header("Content-Type", "application/json");
    }
}
