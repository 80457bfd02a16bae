package io.pims.authentication.sms.vonage;

import com.vonage.client.sms.SmsClient;
import com.vonage.client.sms.messages.TextMessage;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;

/** Sends by the SMS API. */
final class SmsApi {

    /** The API takes 20 s to 7 days. It advises 30 minutes and more, but a code lives for 10. */
    private static final long SHORTEST_TTL_MILLIS = 20_000;

    private final SmsClient client;

    SmsApi(SmsClient client) {
        this.client = client;
    }

    SmsOutcome send(Sms sms) {
        return VonageOutcomes.of(client.submitMessage(text(sms)));
    }

    /** Message type "text" is the GSM alphabet; the number goes without the plus sign of E.164. */
    private static TextMessage text(Sms sms) {
        var text = new TextMessage(sms.from(), sms.to().replaceFirst("^\\+", ""), sms.text());
        text.setClientReference(sms.clientRef());
        text.setTimeToLive(Math.max(SHORTEST_TTL_MILLIS, sms.timeToLive().toMillis()));
        return text;
    }
}
