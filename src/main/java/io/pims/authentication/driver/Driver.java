package io.pims.authentication.driver;

import java.util.Optional;

/**
 * Who asks, as the bearer token says.
 *
 * @param user the token's {@code sub}, at most 255 characters (OpenID Connect Core 1.0, section 2)
 * @param brand the brand of the car; empty where the token names none
 * @param region where the driver lives, ISO 3166-1 alpha-2; numbers without a country code are read as of there
 */
public record Driver(String user, Optional<String> brand, Optional<String> region) {}
