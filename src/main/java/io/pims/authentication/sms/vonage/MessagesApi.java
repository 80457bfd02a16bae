package io.pims.authentication.sms.vonage;

import com.vonage.client.messages.MessageResponse;
import com.vonage.client.messages.MessagesClient;
import com.vonage.client.messages.sms.EncodingType;
import com.vonage.client.messages.sms.SmsTextRequest;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;

/** Sends by the Messages API. */
final class MessagesApi {

    /** As of the SMS API, whose networks these are: for SMS the page names no shortest time of its own. */
    private static final long SHORTEST_TTL_SECONDS = 20;

    private final MessagesClient client;

    MessagesApi(MessagesClient client) {
        this.client = client;
    }

    /**
     * An SMS is taken if there is an id of it. An answer of 2xx without one says nothing, as somebody else's page does
     * who answers in the API's place.
     */
    SmsOutcome send(Sms sms) {
        MessageResponse answer = client.sendMessage(text(sms));
        return answer == null || answer.getMessageUuid() == null
                ? SmsOutcome.fault("no message_uuid")
                : SmsOutcome.accepted(answer.getMessageUuid().toString(), "202");
    }

    /** Encoding "text" is the GSM alphabet; without it the API chooses. The SDK drops the plus of the number. */
    private static SmsTextRequest text(Sms sms) {
        return SmsTextRequest.builder()
                .from(sms.from())
                .to(sms.to())
                .text(sms.text())
                .encodingType(EncodingType.TEXT)
                .clientRef(sms.clientRef())
                .ttl(Math.toIntExact(
                        Math.max(SHORTEST_TTL_SECONDS, sms.timeToLive().toSeconds())))
                .build();
    }
}
