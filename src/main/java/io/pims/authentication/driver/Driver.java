package io.pims.authentication.driver;

import java.util.Optional;

/**
 * Who asks, as the bearer token says.
 *
 * @param user the token's {@code sub}, at most 255 characters (OpenID Connect Core 1.0, section 2)
 * @param brand the brand of the car; empty where the token names none
 */
public record Driver(String user, Optional<String> brand) {}
