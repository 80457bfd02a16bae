package io.pims.authentication.driver;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who asks, as the bearer token says.
 *
 * @param user the token's {@code sub}, at most 255 characters (OpenID Connect Core 1.0, section 2)
 * @param brand the brand of the car; empty where the token names none
 * @param region where the driver lives, ISO 3166-1 alpha-2; numbers without a country code are read as of there
 */
public record Driver(String user, Optional<String> brand, Optional<String> region) {

    /** Printable ASCII, as OpenID Connect has it: nothing that could break a log line or a row. */
    private static final Pattern USER = Pattern.compile("[\\x20-\\x7e]{1,255}");

    /** Whether a text can be the name of a user. */
    public static boolean isUser(String text) {
        return text != null && USER.matcher(text).matches();
    }
}
