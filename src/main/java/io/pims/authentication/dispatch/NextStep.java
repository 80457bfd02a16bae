package io.pims.authentication.dispatch;

import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.sms.SmsOutcome;

/** What one try leads to. */
sealed interface NextStep {

    /** Another try is due. */
    record Retry() implements NextStep {}

    /** The provider took it. */
    record Sent(SmsOutcome outcome) implements NextStep {}

    /** There is no more to be tried. */
    record Failed(ErrorCode error) implements NextStep {}

    /** Somebody else has it: this replica writes nothing. */
    record Abandon() implements NextStep {}

    /** This replica is leaving: whoever asks next shall have it, and need not wait for the end of the lease. */
    record HandBack() implements NextStep {}
}
