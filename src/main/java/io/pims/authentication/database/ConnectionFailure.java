package io.pims.authentication.database;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reason why there is no connection, in words for whoever has to change a setting. */
public final class ConnectionFailure {

    /** PgBouncer's words, with version 1.20 also for a parameter within {@code options}. */
    private static final Pattern UNKNOWN_PARAMETER =
            Pattern.compile("unsupported startup parameter(?: in options)?: (\\w+)");

    private ConnectionFailure() {}

    /** Returns one line: the first of the failure's own message, or the missing setting where that is known. */
    public static String reason(Throwable failure) {
        return known(failure)
                .orElseGet(() ->
                        String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
    }

    /** Returns the missing setting; empty where it is not known. */
    public static Optional<String> known(Throwable failure) {
        return Outage.causes(failure)
                .map(cause -> UNKNOWN_PARAMETER.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::find)
                .map(parameter ->
                        "PgBouncer refuses the startup parameter %1$s: add ignore_startup_parameters = %1$s to its settings"
                                .formatted(parameter.group(1)))
                .findFirst();
    }
}
