package io.pims.authentication.dispatch;

import io.pims.authentication.message.ErrorCode;
import io.pims.authentication.sms.SmsOutcome;

/** What one try of a delivery leads to. */
sealed interface Step {

    /** Another try is due. */
    record Again() implements Step {}

    /** The provider took it. */
    record Sent(SmsOutcome outcome) implements Step {}

    /** There is no more to be tried. */
    record Failed(ErrorCode error) implements Step {}

    /** Somebody else has it: this replica writes nothing. */
    record LetGo() implements Step {}

    /** This replica is leaving: whoever asks next shall have it, and need not wait for the end of the lease. */
    record HandBack() implements Step {}
}
