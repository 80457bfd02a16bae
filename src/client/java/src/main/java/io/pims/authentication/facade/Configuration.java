package io.pims.authentication.facade;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * Where the service is, whom it is asked for, and how long that may take. Immutable; made by {@link #builder()} or,
 * from settings by name, {@link #of(Map)}. One that is malformed can't be made: it throws {@link PimsException} 2006.
 */
public final class Configuration {

    private final URI service;
    private final Supplier<String> token;
    private final Duration pollingBudget;
    private final Duration longestWait;
    private final Duration patience;
    private final Duration connectTimeout;
    private final Duration answerTimeout;
    private final Duration pause;
    private final int largestAnswer;
    private final int callsAtOnce;
    private final Executor callbacks;
    private final OkHttpClient httpClient;
    private final boolean plaintext;

    private Configuration(Settings given) {
        service = given.uri("service");
        token = given.supplier("token");
        pollingBudget = given.duration("pollingBudget", Duration.ofSeconds(60));
        longestWait = given.duration("longestWait", Duration.ofSeconds(20));
        patience = given.duration("patience", Duration.ofSeconds(10));
        connectTimeout = given.duration("connectTimeout", Duration.ofSeconds(5));
        answerTimeout = given.duration("answerTimeout", Duration.ofSeconds(10));
        pause = given.duration("pause", Duration.ofMillis(500));
        largestAnswer = given.number("largestAnswer", 65_536);
        callsAtOnce = given.number("callsAtOnce", 16);
        callbacks = given.executor("callbacks");
        httpClient = given.httpClient("httpClient");
        plaintext = given.flag("plaintext");
        given.nothingElse();
        Settings.present("service", service);
        Settings.present("token", token);
        Settings.address("service", service, plaintext);
        Settings.within("pollingBudget", pollingBudget, Duration.ofMillis(100), Duration.ofMinutes(10));
        Settings.within("longestWait", longestWait, Duration.ZERO, Duration.ofMinutes(2));
        Settings.within("patience", patience, Duration.ZERO, Duration.ofMinutes(10));
        Settings.within("connectTimeout", connectTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
        Settings.within("answerTimeout", answerTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
        Settings.within("pause", pause, Duration.ofMillis(1), Duration.ofSeconds(10));
        Settings.within("largestAnswer", largestAnswer, 256, 1_048_576);
        Settings.within("callsAtOnce", callsAtOnce, 1, 256);
    }

    /**
     * From settings by the names below. A URI, a Duration (ISO 8601, {@code PT20S}), a number and a boolean may also be
     * text; {@code token} is a {@link Supplier} of String, {@code callbacks} an {@link Executor}, {@code httpClient} an
     * {@link OkHttpClient}.
     *
     * @param settings by name; null or absent ones have their default
     * @return the configuration
     * @throws PimsException 2006 if a setting is missing, malformed, out of its bounds or unknown
     */
    public static Configuration of(Map<String, ?> settings) {
        return new Configuration(new Settings(settings));
    }

    /**
     * A builder with all defaults; {@code service} and {@code token} have none.
     *
     * @return a new one
     */
    public static ConfigurationBuilder builder() {
        return new ConfigurationBuilder();
    }

    /**
     * The base of the service, such as {@code https://pims.example}, with a path if it is behind one; {@code http} only
     * for this host itself, or with {@link #plaintext()}. Required.
     */
    public URI service() {
        return service;
    }

    /**
     * Gives a bearer token, without {@code Bearer}. Asked before the first request and again when the service refused
     * the last one, so each time with a fresh token; on the facade's threads, by one call at a time. It may block, and
     * should heed interruption. Required.
     */
    public Supplier<String> token() {
        return token;
    }

    /**
     * How long a call may take in all, waiting in line and retries included; then 2201. The time in which Android froze
     * the process does not count, but ten minutes of it end the call. 100 ms to 10 min, default 60 s. The service itself
     * gives an SMS up after 30 s unless set otherwise.
     */
    public Duration pollingBudget() {
        return pollingBudget;
    }

    /**
     * How long the service is asked to hold an answer back until it is final ({@code Prefer: wait}, RFC 7240), whole
     * seconds. Must stay below the time-outs of proxies on the way. 0 to 2 min, default 20 s.
     */
    public Duration longestWait() {
        return longestWait;
    }

    /**
     * For how long after the first failure in a row a connection, or a service that says it is not ready (503 with
     * {@code Retry-After}), is tried again; then 2202, or what the service said. A phone that changes its network takes
     * some seconds. 0 to 10 min, default 10 s.
     */
    public Duration patience() {
        return patience;
    }

    /** For one TCP connection to one address. 10 ms to 1 min, default 5 s. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * For the way to the service (name, TCP and TLS together), and for one answer, beyond the wait that was asked for.
     * 10 ms to 1 min, default 10 s.
     */
    public Duration answerTimeout() {
        return answerTimeout;
    }

    /**
     * Between two requests of a call; doubled with each failure in a row up to 16 times, and varied by half so that
     * clients do not come back all at once. 1 ms to 10 s, default 500 ms.
     */
    public Duration pause() {
        return pause;
    }

    /** The largest answer of the service, in bytes; a larger one is 2204. 256 to 1,048,576, default 65,536. */
    public int largestAnswer() {
        return largestAnswer;
    }

    /** Calls that have a thread each; as many times ten wait in line, and more are 2201. 1 to 256, default 16. */
    public int callsAtOnce() {
        return callsAtOnce;
    }

    /**
     * Runs the callbacks, such as Android's {@code ContextCompat.getMainExecutor}; null, the default, for one thread of
     * the facade's, in order. With {@code Runnable::run} they run on any thread, the caller's included, and must be
     * quick.
     */
    public Executor callbacks() {
        return callbacks;
    }

    /**
     * The application's HTTP client, for its pins, interceptors, proxy and connections; null, the default, for one of
     * the facade's own. Its time-outs, cache and redirects are not used, and of its protocols HTTP/1.1 alone. It is not
     * closed by {@link Pims#release()}.
     */
    public OkHttpClient httpClient() {
        return httpClient;
    }

    /**
     * Whether {@code http} may be used to other hosts; tokens, codes and PINs are then readable on the way. Default
     * false.
     */
    public boolean plaintext() {
        return plaintext;
    }
}
