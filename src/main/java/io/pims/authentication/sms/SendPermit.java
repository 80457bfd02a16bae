package io.pims.authentication.sms;

import java.time.Duration;

/**
 * The right to send one SMS, which can end before the SMS has left: whoever had it may have been stopped meanwhile.
 */
@FunctionalInterface
public interface SendPermit {

    /** True if it lasts for at least so long from now on. May be asked on any thread. */
    boolean lasts(Duration longest);
}
