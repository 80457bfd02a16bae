package io.pims.authentication.database;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why there is no connection, in words for whoever has to change a setting. */
public final class ConnectionFailure {

    /** PgBouncer's words, with version 1.20 also for what is within {@code options}. */
    private static final Pattern UNKNOWN_PARAMETER =
            Pattern.compile("unsupported startup parameter(?: in options)?: (\\w+)");

    private static final int DEEPEST = 20;

    private ConnectionFailure() {}

    /** One line: the first of the failure's own message, or which setting is missing where that is known. */
    public static String reason(Throwable failure) {
        return known(failure)
                .orElseGet(() ->
                        String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
    }

    /** Which setting is missing; empty where that is not known. */
    public static Optional<String> known(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            Matcher parameter = UNKNOWN_PARAMETER.matcher(String.valueOf(cause.getMessage()));
            if (parameter.find()) {
                return Optional.of(
                        "PgBouncer refuses the startup parameter %1$s: add ignore_startup_parameters = %1$s to its settings"
                                .formatted(parameter.group(1)));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
