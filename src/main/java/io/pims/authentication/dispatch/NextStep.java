package io.pims.authentication.dispatch;

import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.sms.SmsOutcome;

/** The decision after one try. */
sealed interface NextStep {

    /** Try the next road at once. */
    record NextRoad() implements NextStep {}

    /** The wait for a call by this road is over without one: its breaker has opened. */
    record SentAway() implements NextStep {}

    /** The turn by this road did not come in time, and another road may have the SMS. */
    record Crowded() implements NextStep {}

    /** Try again after a pause. */
    record Retry() implements NextStep {}

    /** The provider of this road took the SMS. */
    record Sent(SmsOutcome outcome, String road) implements NextStep {}

    /** Give up. */
    record Failed(ErrorCode error) implements NextStep {}

    /** The lease is lost: this replica writes nothing. */
    record Abandon() implements NextStep {}

    /** This replica is shutting down: another one may claim the transaction before the lease ends. */
    record HandBack() implements NextStep {}
}
