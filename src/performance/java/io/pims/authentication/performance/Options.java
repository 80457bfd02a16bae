package io.pims.authentication.performance;

/** What can be set on the command line, {@code -Dseconds=8} for instance. */
final class Options {

    private Options() {}

    static int number(String name, int otherwise) {
        String value = System.getProperty(name, "");
        return value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    static boolean isSet(String name) {
        return Boolean.getBoolean(name);
    }
}
