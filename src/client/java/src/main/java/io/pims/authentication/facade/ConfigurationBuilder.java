package io.pims.authentication.facade;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** Collects settings; what each means is said at {@link Configuration}. Not safe to share between threads. */
public final class ConfigurationBuilder {

    private final Map<String, Object> settings = new HashMap<>();

    ConfigurationBuilder() {}

    /** The base of the service. See {@link Configuration#service()}. */
    public ConfigurationBuilder service(URI service) {
        return with("service", service);
    }

    /** Gives a fresh bearer token. See {@link Configuration#token()}. */
    public ConfigurationBuilder token(Supplier<String> token) {
        return with("token", token);
    }

    /** How long a call may take in all. See {@link Configuration#pollingBudget()}. */
    public ConfigurationBuilder pollingBudget(Duration pollingBudget) {
        return with("pollingBudget", pollingBudget);
    }

    /** How long the service may hold an answer back. See {@link Configuration#longestWait()}. */
    public ConfigurationBuilder longestWait(Duration longestWait) {
        return with("longestWait", longestWait);
    }

    /** For how long a lost connection is tried again. See {@link Configuration#patience()}. */
    public ConfigurationBuilder patience(Duration patience) {
        return with("patience", patience);
    }

    /** How long a connection may take. See {@link Configuration#connectTimeout()}. */
    public ConfigurationBuilder connectTimeout(Duration connectTimeout) {
        return with("connectTimeout", connectTimeout);
    }

    /** How long an answer may take, beyond the wait asked for. See {@link Configuration#answerTimeout()}. */
    public ConfigurationBuilder answerTimeout(Duration answerTimeout) {
        return with("answerTimeout", answerTimeout);
    }

    /** Between two requests of a call. See {@link Configuration#pause()}. */
    public ConfigurationBuilder pause(Duration pause) {
        return with("pause", pause);
    }

    /** The largest answer, in bytes. See {@link Configuration#largestAnswer()}. */
    public ConfigurationBuilder largestAnswer(int bytes) {
        return with("largestAnswer", bytes);
    }

    /** Calls with a thread each. See {@link Configuration#callsAtOnce()}. */
    public ConfigurationBuilder callsAtOnce(int calls) {
        return with("callsAtOnce", calls);
    }

    /** Runs the callbacks. See {@link Configuration#callbacks()}. */
    public ConfigurationBuilder callbacks(Executor callbacks) {
        return with("callbacks", callbacks);
    }

    /** The application's HTTP client. See {@link Configuration#httpClient()}. */
    public ConfigurationBuilder httpClient(OkHttpClient httpClient) {
        return with("httpClient", httpClient);
    }

    /** Whether {@code http} may be used to other hosts. See {@link Configuration#plaintext()}. */
    public ConfigurationBuilder plaintext(boolean plaintext) {
        return with("plaintext", plaintext);
    }

    /**
     * The configuration.
     *
     * @return made of what was set, and the defaults
     * @throws PimsException 2006 if a setting is missing or out of its bounds
     */
    public Configuration build() {
        return Configuration.of(settings);
    }

    private ConfigurationBuilder with(String name, Object value) {
        settings.put(name, value);
        return this;
    }
}
