package io.pims.authentication.sms.vonage;

import static java.util.Comparator.comparing;

import com.vonage.client.sms.MessageStatus;
import com.vonage.client.sms.SmsSubmissionResponse;
import com.vonage.client.sms.SmsSubmissionResponseMessage;
import io.pims.authentication.sms.SmsOutcome;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.http.conn.ConnectTimeoutException;

/**
 * Tells the outcome from an answer of the SMS API, from an HTTP status of either API, or from the lack of an answer.
 * Statuses of the SMS API after
 * <a href="https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms">Vonage, Troubleshooting SMS</a>;
 * those of HTTP after RFC 9110, section 15, and <a href="https://developer.vonage.com/en/api/messages">Vonage, Messages
 * API</a>.
 */
final class VonageOutcomes {

    private VonageOutcomes() {}

    /**
     * The worst part decides. Our texts are one part, so more of them mean that the text was split after all: with
     * one part missing the driver can't be sure to see the code, and a repeat only costs a second SMS with the same
     * code, while "accepted" would end the transaction on half a message.
     */
    static SmsOutcome of(SmsSubmissionResponse response) {
        if (response == null || response.getMessages() == null) {
            return SmsOutcome.fault("no messages");
        }
        return response.getMessages().stream()
                .map(VonageOutcomes::of)
                .max(comparing(SmsOutcome::kind))
                .orElse(SmsOutcome.fault("no messages"));
    }

    private static SmsOutcome of(SmsSubmissionResponseMessage part) {
        return part == null || part.getStatus() == null
                ? SmsOutcome.fault("no status")
                : of(part.getStatus(), part.getId());
    }

    /**
     * A status that neither the SDK nor its documentation knows is a fault, not a refusal: tries end with the
     * transaction's deadline anyway, so a needless repeat is cheap, but a needless end costs the driver the PIN.
     * Statuses "no longer used" are sorted by their former meaning.
     */
    @SuppressWarnings("deprecation")
    static SmsOutcome of(MessageStatus status, String messageId) {
        String number = status == MessageStatus.UNKNOWN ? "unknown" : Integer.toString(status.getMessageStatus());
        return switch (status) {
            case OK -> SmsOutcome.accepted(messageId, number);
            case THROTTLED, INTERNAL_ERROR, TOO_MANY_BINDS -> SmsOutcome.tryLater(number);
            case INVALID_MESSAGE,
                    NUMBER_BARRED,
                    MESSAGE_TOO_LONG,
                    NUMBER_UNREACHABLE,
                    INVALID_NETWORK_CODE,
                    NUMBER_DEACTIVATED -> SmsOutcome.refused(number);
            case MISSING_PARAMS,
                    INVALID_PARAMS,
                    INVALID_CREDENTIALS,
                    PARTNER_ACCOUNT_BARRED,
                    PARTNER_QUOTA_EXCEEDED,
                    ACCOUNT_NOT_HTTP,
                    INVALID_SIGNATURE,
                    INVALID_FROM_ADDRESS,
                    INVALID_TTL,
                    TOO_MANY_DESTINATIONS,
                    FACILITY_NOT_ALLOWED,
                    INVALID_MESSAGE_CLASS,
                    INVALID_CALLBACK,
                    NON_WHITELISTED_DESTINATION,
                    SIGNATURE_API_SECRET_DISALLOWED -> SmsOutcome.misconfigured(number);
            case COMMS_FAILURE, UNKNOWN -> SmsOutcome.fault(number);
        };
    }

    /** The SDK wraps the exception of the HTTP client, or of its JSON parser, once. */
    static SmsOutcome of(RuntimeException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String name = cause.getClass().getSimpleName();
        if (cause instanceof PermitCheck.NotLeft) {
            return SmsOutcome.tryLater("right to send is over");
        }
        if (cause instanceof BoundedExchange.UnexpectedStatus answer) {
            return ofHttp(answer.status(), answer.problem());
        }
        if (cause instanceof SocketTimeoutException) {
            return SmsOutcome.noAnswer(name);
        }
        if (cause instanceof ConnectException
                || cause instanceof ConnectTimeoutException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException) {
            return SmsOutcome.unreachable(name);
        }
        return SmsOutcome.fault(name);
    }

    /**
     * The HTTP status decides. A redirect or a 4xx says that address, account or request are wrong, which no repeat
     * repairs; a 5xx may pass. Only 400 and 422 leave open whether the request or the number is wrong, which the code
     * tells. Elsewhere it must not: Vonage's SDK has 1010, "missing parameters" on the page of errors, over 429 as
     * "rate limit hit".
     *
     * @param code of a problem of the Messages API
     */
    static SmsOutcome ofHttp(int status, OptionalInt code) {
        if ((status == 400 || status == 422) && code.isPresent()) {
            Optional<SmsOutcome> told = MessagesProblems.of(code.getAsInt());
            if (told.isPresent()) {
                return told.get();
            }
        }
        String name = "HTTP " + status + (code.isPresent() ? ", " + code.getAsInt() : "");
        if (status == 429) {
            return SmsOutcome.tryLater(name);
        }
        if (status >= 500 || status == 408 || status == 425) {
            return SmsOutcome.fault(name);
        }
        return SmsOutcome.misconfigured(name);
    }
}
