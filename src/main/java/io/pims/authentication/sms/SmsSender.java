package io.pims.authentication.sms;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** A way to a provider of SMS: one account, by one of its APIs. */
public interface SmsSender {

    /**
     * Hands one SMS to the provider, once: the caller owns retries. Returns at once and works when subscribed to.
     * Whatever the provider or the network does is an outcome, never a failure of the Uni, and arrives within a time
     * that the implementation bounds. The outcome arrives on a thread of the sender that must not be blocked.
     *
     * @param permit asked last, when the SMS is about to leave, for as long as the answer may take; without it nothing
     *     is sent, and the outcome is {@link SmsOutcome.Kind#TRY_LATER}
     */
    Uni<SmsOutcome> send(Sms sms, SendPermit permit);

    /** Returns true if there is an account; if not, no SMS can be sent. */
    boolean configured();

    /** Returns the time within which the outcome of a send is there. */
    Duration longestCall();

    /** Returns how many sends run at once; one more is {@link SmsOutcome.Kind#TRY_LATER} without being tried. */
    int concurrency();
}
