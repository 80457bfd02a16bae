package io.pims.authentication.sms;

import io.pims.authentication.http.ErrorCode;
import java.util.Optional;

/**
 * The result of one attempt to send.
 *
 * @param messageId the provider's id of an accepted SMS; null if it gave none or accepted none
 * @param providerStatus the provider's status or the kind of the fault, for traces and logs; holds nothing personal
 */
public record SmsOutcome(Kind kind, String messageId, String providerStatus) {

    /**
     * The classes of outcomes, from good to bad: where several apply to one SMS, the last one counts. Statuses after
     * <a href="https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms">Vonage, Troubleshooting
     * SMS</a>.
     */
    public enum Kind {
        /** Queued for delivery. A receipt tells later whether it arrived. */
        ACCEPTED(false, null),
        /** Not taken now: throttled, an internal error of the provider, no free connection. */
        TRY_LATER(true, ErrorCode.TIMEOUT),
        /** No answer in time. The SMS may be on its way, so that a repeat must carry the same code. */
        NO_ANSWER(true, ErrorCode.TIMEOUT),
        /** Never left: unknown host, refused, no route, no connection in time. */
        UNREACHABLE(true, ErrorCode.NETWORK_PROBLEM),
        /** A broken or senseless answer: 5xx, garbage, half an answer, a status nobody knows. May pass. */
        FAULT(true, ErrorCode.SERVER_ERROR),
        /** The provider's final word on this number or text. */
        REFUSED(false, ErrorCode.SERVER_ERROR),
        /** Our account, credentials, sender, address or parameters are bad: no SMS will get through until repaired. */
        MISCONFIGURED(false, ErrorCode.CORE_NOT_WELL_CONFIGURED);

        private final boolean retryable;
        private final ErrorCode error;

        Kind(boolean retryable, ErrorCode error) {
            this.retryable = retryable;
            this.error = error;
        }

        /** Returns the error that a transaction ends with if this is its last outcome; empty if accepted. */
        public Optional<ErrorCode> error() {
            return Optional.ofNullable(error);
        }
    }

    public static SmsOutcome accepted(String messageId, String providerStatus) {
        return new SmsOutcome(Kind.ACCEPTED, messageId, providerStatus);
    }

    public static SmsOutcome tryLater(String providerStatus) {
        return new SmsOutcome(Kind.TRY_LATER, null, providerStatus);
    }

    public static SmsOutcome noAnswer(String providerStatus) {
        return new SmsOutcome(Kind.NO_ANSWER, null, providerStatus);
    }

    public static SmsOutcome unreachable(String providerStatus) {
        return new SmsOutcome(Kind.UNREACHABLE, null, providerStatus);
    }

    public static SmsOutcome fault(String providerStatus) {
        return new SmsOutcome(Kind.FAULT, null, providerStatus);
    }

    public static SmsOutcome refused(String providerStatus) {
        return new SmsOutcome(Kind.REFUSED, null, providerStatus);
    }

    public static SmsOutcome misconfigured(String providerStatus) {
        return new SmsOutcome(Kind.MISCONFIGURED, null, providerStatus);
    }

    /** Returns true if the same SMS may get through if sent again. */
    public boolean retryable() {
        return kind.retryable;
    }

    /** Returns the error that the transaction ends with if this is its last outcome; empty if accepted. */
    public Optional<ErrorCode> error() {
        return kind.error();
    }
}
