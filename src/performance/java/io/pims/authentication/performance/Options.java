package io.pims.authentication.performance;

import java.util.List;

/** What can be set on the command line, {@code -Dseconds=8} for instance. */
final class Options {

    private static final List<String> NUMBERS = List.of(
            "rounds",
            "seconds",
            "drivers",
            "latency",
            "minutes",
            "rate",
            "transactions",
            "users",
            "waiters",
            "connections");

    private Options() {}

    static int number(String name, int otherwise) {
        String value = System.getProperty(name, "");
        return value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    /** Whether everything is as the page says that it was measured. */
    static boolean areDefaults() {
        return NUMBERS.stream().allMatch(name -> System.getProperty(name, "").isEmpty());
    }

    static boolean isSet(String name) {
        return Boolean.getBoolean(name);
    }
}
