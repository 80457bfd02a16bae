package io.pims.authentication.facade;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** Settings by name, read once each. Values are in no message: the address may hold a password. */
final class Settings {

    private static final Set<String> THIS_HOST = new HashSet<>(Arrays.asList("localhost", "127.0.0.1", "[::1]"));

    private final Map<Object, Object> unread = new HashMap<>();

    Settings(Map<String, ?> settings) {
        if (settings != null) {
            unread.putAll(settings);
        }
    }

    URI uri(String name) {
        return read(name, URI.class, URI::create, null);
    }

    Duration duration(String name, Duration otherwise) {
        return read(name, Duration.class, Duration::parse, otherwise);
    }

    int number(String name, int otherwise) {
        return read(name, Integer.class, Integer::valueOf, otherwise);
    }

    boolean flag(String name) {
        return read(
                name,
                Boolean.class,
                text -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        throw new IllegalArgumentException();
                    }
                    return text.equals("true");
                },
                false);
    }

    Executor executor(String name) {
        return read(name, Executor.class, Settings::noText, null);
    }

    OkHttpClient httpClient(String name) {
        return read(name, OkHttpClient.class, Settings::noText, null);
    }

    /** What it gives is looked at when it is given. */
    @SuppressWarnings("unchecked")
    Supplier<String> supplier(String name) {
        return (Supplier<String>) read(name, Supplier.class, Settings::noText, null);
    }

    void nothingElse() {
        if (!unread.isEmpty()) {
            throw PimsException.notWellConfigured("not known: " + unread.keySet());
        }
    }

    private <T> T read(String name, Class<T> type, Function<String, T> parse, T otherwise) {
        Object value = unread.remove(name);
        if (value == null) {
            return otherwise;
        }
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        try {
            return parse.apply((String) value);
        } catch (ClassCastException | IllegalArgumentException | DateTimeParseException malformed) {
            throw PimsException.notWellConfigured(name + " is no " + type.getSimpleName());
        }
    }

    private static <T> T noText(String text) {
        throw new IllegalArgumentException();
    }

    static void present(String name, Object value) {
        if (value == null) {
            throw PimsException.notWellConfigured(name + " is missing");
        }
    }

    static void within(String name, Duration value, Duration least, Duration most) {
        if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw PimsException.notWellConfigured(name + " must be from " + least + " to " + most);
        }
    }

    static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw PimsException.notWellConfigured(name + " must be from " + least + " to " + most);
        }
    }

    static void address(String name, URI value, boolean plaintext) {
        boolean web = "https".equalsIgnoreCase(value.getScheme()) || "http".equalsIgnoreCase(value.getScheme());
        if (!web
                || value.getHost() == null
                || value.getPort() == 0
                || value.getPort() > 65_535
                || value.getRawUserInfo() != null
                || value.getRawQuery() != null
                || value.getRawFragment() != null
                || HttpUrl.parse(value.toString()) == null) {
            throw PimsException.notWellConfigured(name + " must be https://host[:port][/path]");
        }
        if (!plaintext && "http".equalsIgnoreCase(value.getScheme()) && !THIS_HOST.contains(value.getHost())) {
            throw PimsException.notWellConfigured(name + " must be https, or plaintext be allowed");
        }
    }
}
