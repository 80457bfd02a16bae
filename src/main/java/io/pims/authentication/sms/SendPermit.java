package io.pims.authentication.sms;

import java.time.Duration;

/** The right to send one SMS. It can end before the SMS has left: its holder may have been stopped meanwhile. */
@FunctionalInterface
public interface SendPermit {

    /** Returns true if it lasts for at least so long from now on. May be called on any thread. */
    boolean lasts(Duration duration);
}
