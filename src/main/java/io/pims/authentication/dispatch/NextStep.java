package io.pims.authentication.dispatch;

import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.sms.SmsOutcome;

/** The decision after one try. */
sealed interface NextStep {

    /** Try again after a pause. */
    record Retry() implements NextStep {}

    /** The provider took the SMS. */
    record Sent(SmsOutcome outcome) implements NextStep {}

    /** Give up. */
    record Failed(ErrorCode error) implements NextStep {}

    /** The lease is lost: this replica writes nothing. */
    record Abandon() implements NextStep {}

    /** This replica is shutting down: another one may claim the transaction before the lease ends. */
    record HandBack() implements NextStep {}
}
