package io.pims.authentication.survival;

import java.time.Duration;

/**
 * The moment from which the provider of a road answers again.
 *
 * @param at milliseconds since 1970
 * @param underWay how long a call may still take that began before: the one that tries the road again is alone
 */
record Return(String road, long at, Duration underWay) {}
