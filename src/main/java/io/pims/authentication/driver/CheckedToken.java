package io.pims.authentication.driver;

import java.time.Instant;
import java.util.Set;

/**
 * The outcome of a successful check of a token: all that is read of it. Nothing of its text is in here.
 *
 * @param roles those of {@link Roles} that it has
 * @param end when the check would refuse it, leeway included
 */
record CheckedToken(Driver driver, Set<String> roles, Instant end) {}
