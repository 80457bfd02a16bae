package io.pims.authentication.code;

import io.pims.authentication.http.ErrorCode;
import java.util.Optional;
import java.util.UUID;

/**
 * What a code that somebody typed turned out to be.
 *
 * @param codeId the code that was guessed at; null if there was none
 */
public record Guess(Verdict verdict, UUID codeId) {

    public enum Verdict {
        RIGHT(null),
        WRONG(ErrorCode.SMS_CODE_INVALID),
        /** None was asked for, or it is spent, or it went to another number. */
        NONE(ErrorCode.SMS_CODE_INVALID),
        EXPIRED(ErrorCode.SMS_CODE_EXPIRED),
        /** Too many wrong ones; another has to be asked for. */
        EXHAUSTED(ErrorCode.ACCOUNT_BLOCKED);

        private final ErrorCode error;

        Verdict(ErrorCode error) {
            this.error = error;
        }
    }

    /** Why it is refused; empty if it is right. */
    public Optional<ErrorCode> error() {
        return Optional.ofNullable(verdict.error);
    }
}
