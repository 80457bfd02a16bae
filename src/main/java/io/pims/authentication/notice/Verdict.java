package io.pims.authentication.notice;

import io.pims.authentication.webhook.WebhookResult;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a post of an event came to: of the event alone, or of the backend. */
enum Verdict {
    /** A 2xx: the backend has it. */
    TAKEN("taken"),
    /** The backend has a quarrel with this event. Others may get through. */
    REFUSED("refused"),
    /** 410: the backend wants no events any more. */
    GONE("gone"),
    /** The backend takes nothing at the moment: not reached, silent, broken, busy, or it does not know us. */
    FAILED("failed"),
    /** It was not posted at all, for a reason of our own. */
    NOT_POSTED("not-posted");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** Returns the value of its label in metrics. */
    String word() {
        return word;
    }

    /** Statuses after RFC 9110, section 15; 410 after Standard Webhooks. */
    static Verdict of(WebhookResult result) {
        return switch (result.end()) {
            case ANSWERED ->
                switch (result.status()) {
                    case 400, 409, 413, 422 -> REFUSED;
                    case 410 -> GONE;
                    default -> result.isTaken() ? TAKEN : FAILED;
                };
            case BUSY, GIVEN_UP -> NOT_POSTED;
            case UNREACHABLE, NO_ANSWER, BROKEN -> FAILED;
        };
    }

    /** Returns the time that the backend names (RFC 9110, section 10.2.3, in seconds); empty for a date or none. */
    static Optional<Duration> retryAfter(WebhookResult result) {
        return result.retryAfter()
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }
}
