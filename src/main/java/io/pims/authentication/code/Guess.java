package io.pims.authentication.code;

import io.pims.authentication.http.ErrorCode;
import java.util.Optional;
import java.util.UUID;

/**
 * The result of a typed code.
 *
 * @param codeId the id of the code that was guessed at; null if there was none
 */
public record Guess(Verdict verdict, UUID codeId) {

    public enum Verdict {
        RIGHT(null),
        WRONG(ErrorCode.SMS_CODE_INVALID),
        /** The driver asked for no code, or it is spent, or it was sent to another number. */
        NONE(ErrorCode.SMS_CODE_INVALID),
        EXPIRED(ErrorCode.SMS_CODE_EXPIRED),
        /** It took too many guesses; the driver has to ask for another code. */
        EXHAUSTED(ErrorCode.ACCOUNT_BLOCKED);

        private final ErrorCode error;

        Verdict(ErrorCode error) {
            this.error = error;
        }
    }

    /** Returns why it is refused; empty if it is right. */
    public Optional<ErrorCode> error() {
        return Optional.ofNullable(verdict.error);
    }
}
