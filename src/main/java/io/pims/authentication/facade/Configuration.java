package io.pims.authentication.facade;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Where the service is, whom it is asked for, and how long that may take. Immutable; made by {@link #builder()} or,
 * from settings by name, {@link #of(Map)}. One that is malformed can't be made: it throws {@link PimsException} 2006.
 *
 * @param service the base of the service, such as {@code https://pims.example}, with a path if it is behind one;
 *     {@code http} only for this host itself, or with {@code plaintext}
 * @param token gives a bearer token, without {@code Bearer}. Asked before the first request and again when the service
 *     refused the last one, so each time with a fresh token; on the facade's threads, by one call at a time. It may
 *     block, and should heed interruption
 * @param pollingBudget how long a call may take in all, waiting in line and retries included; then 2201. 100 ms to
 *     10 min, default 60 s. The service itself gives an SMS up after 30 s unless set otherwise
 * @param longestWait how long the service is asked to hold an answer back until it is final ({@code Prefer: wait}, RFC
 *     7240), whole seconds. Must stay below the time-outs of proxies on the way. 0 to 2 min, default 20 s
 * @param patience for how long after the first failure in a row a connection, or a service that says it is not ready
 *     (503 with {@code Retry-After}), is tried again; then 2202, or what the service said. 0 to 10 min, default 10 s
 * @param connectTimeout for one connection, name resolution not included. 10 ms to 1 min, default 5 s
 * @param answerTimeout for one answer, beyond the wait that was asked for. 10 ms to 1 min, default 10 s
 * @param pause between two requests of a call; doubled with each failure in a row up to 16 times, and varied by half
 *     so that clients do not come back all at once. 1 ms to 10 s, default 500 ms
 * @param largestAnswer of the service, in bytes; a larger one is 2204. 256 to 1,048,576, default 65,536
 * @param callsAtOnce calls that have a thread each; as many times ten wait in line, and more are 2201. 1 to 256, default
 *     16
 * @param callbacks runs the callbacks; null, the default, for one thread of the facade's, in order. With
 *     {@code Runnable::run} they run on any thread, the caller's included, and must be quick
 * @param plaintext whether {@code http} may be used to other hosts; tokens, codes and PINs are then readable on the way.
 *     Default false
 */
public record Configuration(
        URI service,
        Supplier<String> token,
        Duration pollingBudget,
        Duration longestWait,
        Duration patience,
        Duration connectTimeout,
        Duration answerTimeout,
        Duration pause,
        int largestAnswer,
        int callsAtOnce,
        Executor callbacks,
        boolean plaintext) {

    /**
     * Checks the bounds.
     *
     * @throws PimsException 2006 if a setting is missing or out of its bounds
     */
    public Configuration {
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
     * From settings by the names above. A URI, a Duration (ISO 8601, {@code PT20S}), a number and a boolean may also be
     * text; {@code token} is a {@link Supplier} of String, {@code callbacks} an {@link Executor}.
     *
     * @param settings by name; null or absent ones have their default
     * @return the configuration
     * @throws PimsException 2006 if a setting is missing, malformed, out of its bounds or unknown
     */
    public static Configuration of(Map<String, ?> settings) {
        Settings given = new Settings(settings);
        Configuration configuration = new Configuration(
                given.uri("service"),
                given.supplier("token"),
                given.duration("pollingBudget", Duration.ofSeconds(60)),
                given.duration("longestWait", Duration.ofSeconds(20)),
                given.duration("patience", Duration.ofSeconds(10)),
                given.duration("connectTimeout", Duration.ofSeconds(5)),
                given.duration("answerTimeout", Duration.ofSeconds(10)),
                given.duration("pause", Duration.ofMillis(500)),
                given.number("largestAnswer", 65_536),
                given.number("callsAtOnce", 16),
                given.executor("callbacks"),
                given.flag("plaintext"));
        given.nothingElse();
        return configuration;
    }

    /**
     * A builder with all defaults; {@code service} and {@code token} have none.
     *
     * @return a new one
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; what each means is said at {@link Configuration}. Not safe to share between threads. */
    public static final class Builder {

        private final Map<String, Object> settings = new HashMap<>();

        private Builder() {}

        /** The base of the service. See {@link Configuration#service()}. */
        public Builder service(URI service) {
            return with("service", service);
        }

        /** Gives a fresh bearer token. See {@link Configuration#token()}. */
        public Builder token(Supplier<String> token) {
            return with("token", token);
        }

        /** How long a call may take in all. See {@link Configuration#pollingBudget()}. */
        public Builder pollingBudget(Duration pollingBudget) {
            return with("pollingBudget", pollingBudget);
        }

        /** How long the service may hold an answer back. See {@link Configuration#longestWait()}. */
        public Builder longestWait(Duration longestWait) {
            return with("longestWait", longestWait);
        }

        /** For how long a lost connection is tried again. See {@link Configuration#patience()}. */
        public Builder patience(Duration patience) {
            return with("patience", patience);
        }

        /** How long a connection may take. See {@link Configuration#connectTimeout()}. */
        public Builder connectTimeout(Duration connectTimeout) {
            return with("connectTimeout", connectTimeout);
        }

        /** How long an answer may take, beyond the wait asked for. See {@link Configuration#answerTimeout()}. */
        public Builder answerTimeout(Duration answerTimeout) {
            return with("answerTimeout", answerTimeout);
        }

        /** Between two requests of a call. See {@link Configuration#pause()}. */
        public Builder pause(Duration pause) {
            return with("pause", pause);
        }

        /** The largest answer, in bytes. See {@link Configuration#largestAnswer()}. */
        public Builder largestAnswer(int bytes) {
            return with("largestAnswer", bytes);
        }

        /** Calls with a thread each. See {@link Configuration#callsAtOnce()}. */
        public Builder callsAtOnce(int calls) {
            return with("callsAtOnce", calls);
        }

        /** Runs the callbacks. See {@link Configuration#callbacks()}. */
        public Builder callbacks(Executor callbacks) {
            return with("callbacks", callbacks);
        }

        /** Whether {@code http} may be used to other hosts. See {@link Configuration#plaintext()}. */
        public Builder plaintext(boolean plaintext) {
            return with("plaintext", plaintext);
        }

        /**
         * The configuration.
         *
         * @return made of what was set, and the defaults
         * @throws PimsException 2006 if a setting is missing or out of its bounds
         */
        public Configuration build() {
            return of(settings);
        }

        private Builder with(String name, Object value) {
            settings.put(name, value);
            return this;
        }
    }
}
