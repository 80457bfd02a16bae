package io.pims.authentication.sms;

import java.time.Duration;

/**
 * An SMS as it goes to the provider.
 *
 * @param to the receiver, E.164 with its plus sign
 * @param from the sender shown on the phone: up to 11 letters and digits, or a number
 * @param text at most one GSM-7 segment, see {@link SmsText}
 * @param clientRef our id of this SMS, the same on every repeat; comes back with the delivery receipt
 * @param timeToLive how long the network may go on trying from now on; no longer than the code in the text lives
 * @param language of the text, ISO 639-1
 * @param brand the key of the brand that the text names
 * @param country of the receiver (ISO 3166-1 alpha-2), or {@code unknown}
 */
public record Sms(
        String to,
        String from,
        String text,
        String clientRef,
        Duration timeToLive,
        String language,
        String brand,
        String country) {

    /** Number and text stay out of logs, spans and exceptions, whoever prints this. */
    @Override
    public String toString() {
        return "Sms[clientRef=" + clientRef + ", from=" + from + ", timeToLive=" + timeToLive + "]";
    }
}
