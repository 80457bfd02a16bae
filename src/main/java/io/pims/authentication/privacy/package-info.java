/**
 * Tells what is kept about one driver, and erases it: when somebody of the staff asks, or nobody has heard of the driver for
 * long. It knows no table, and must never do a part of it without the rest. Start at
 * {@link io.pims.authentication.privacy.DriverData}.
 */
package io.pims.authentication.privacy;
