package io.pims.authentication.sms.webhook;

import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.webhook.WebhookResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/**
 * Tells the outcome from a gateway's answer, by its status alone (RFC 9110, section 15). The body of a 2xx may have an
 * id, and nothing else counts.
 */
final class WebhookOutcomes {

    /** It goes into the log, so that it is no place for a text. */
    private static final Pattern MESSAGE_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private WebhookOutcomes() {}

    static SmsOutcome of(WebhookResult result) {
        return switch (result.end()) {
            case ANSWERED -> of(result.status(), result.body());
            case BUSY, GIVEN_UP -> SmsOutcome.tryLater(result.name());
            case UNREACHABLE -> SmsOutcome.unreachable(result.name());
            case NO_ANSWER -> SmsOutcome.noAnswer(result.name());
            case BROKEN -> SmsOutcome.fault(result.name());
        };
    }

    /**
     * A 2xx is a promise, whatever stands behind it: a repeat would cost the driver a second SMS. A redirect says that
     * the address is wrong.
     *
     * @param body what came of it, which may be a part
     */
    private static SmsOutcome of(int status, Buffer body) {
        String name = "HTTP " + status;
        return switch (status) {
            case 425, 429, 503 -> SmsOutcome.tryLater(name);
            case 408, 502, 504 -> SmsOutcome.noAnswer(name);
            // Of the address, a proxy or the form of the request: no SMS gets through, whoever it is for.
            case 401, 403, 404, 405, 407, 410, 411, 413, 415, 421, 426, 431 -> SmsOutcome.misconfigured(name);
            default ->
                switch (status / 100) {
                    case 2 -> SmsOutcome.accepted(messageId(body), name);
                    case 3 -> SmsOutcome.misconfigured(name);
                    case 4 -> SmsOutcome.refused(name);
                    default -> SmsOutcome.fault(name);
                };
        };
    }

    /** Returns null if there is none. */
    private static String messageId(Buffer body) {
        try {
            return new JsonObject(body).getValue("messageId") instanceof String id
                            && MESSAGE_ID.matcher(id).matches()
                    ? id
                    : null;
        } catch (DecodeException none) {
            return null;
        }
    }
}
