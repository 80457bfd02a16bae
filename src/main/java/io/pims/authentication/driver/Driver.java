package io.pims.authentication.driver;

import java.security.Principal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The driver who asks, as the bearer token says.
 *
 * @param user the token's {@code sub}, at most 255 characters (OpenID Connect Core 1.0, section 2)
 * @param brand the brand of the car, as the token names it, at most 64 characters; empty where it names none that can
 *     be read. It is looked up, and kept nowhere.
 * @param region where the driver lives, ISO 3166-1 alpha-2; numbers without a country code are read as of there. Empty
 *     where the token says nothing of it, and {@code ZZ} where what it says can't be read.
 */
public record Driver(String user, Optional<String> brand, Optional<String> region) implements Principal {

    /** Printable ASCII, as OpenID Connect has it: nothing that could break a log line or a row. */
    private static final Pattern USER = Pattern.compile("[\\x20-\\x7e]{1,255}");

    @Override
    public String getName() {
        return user;
    }

    public Driver withBrand(Optional<String> other) {
        return new Driver(user, other, region);
    }

    /** True if a text can be the name of a user. */
    public static boolean isUser(String text) {
        return text != null && USER.matcher(text).matches();
    }
}
