package io.pims.authentication.sms.vonage;

import com.vonage.client.VonageClient;
import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import java.net.URI;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;

/** The APIs of Vonage that send SMS. */
public enum VonageApi {

    /**
     * <a href="https://developer.vonage.com/en/api/sms">SMS API</a>: the older one, which older accounts are set to.
     */
    SMS("https://rest.nexmo.com") {
        @Override
        Function<Sms, SmsOutcome> sender(VonageClient client) {
            return new SmsApi(client.getSmsClient())::send;
        }

        @Override
        byte[] taken(byte[] answer) {
            return AnswerParts.of(answer);
        }

        @Override
        boolean tellsProblems() {
            return false;
        }

        @Override
        OptionalInt problem(byte[] answer) {
            return OptionalInt.empty();
        }
    },

    /** <a href="https://developer.vonage.com/en/api/messages">Messages API</a>: the one for new accounts. */
    MESSAGES("https://api.nexmo.com") {
        @Override
        Function<Sms, SmsOutcome> sender(VonageClient client) {
            return new MessagesApi(client.getMessagesClient())::send;
        }

        @Override
        byte[] taken(byte[] answer) {
            return MessagesAnswer.taken(answer);
        }

        @Override
        boolean tellsProblems() {
            return true;
        }

        @Override
        OptionalInt problem(byte[] answer) {
            return MessagesAnswer.problem(answer);
        }
    };

    private final URI baseUri;

    VonageApi(String baseUri) {
        this.baseUri = URI.create(baseUri);
    }

    /** Returns where it is, unless something else is configured. */
    URI baseUri() {
        return baseUri;
    }

    /**
     * Refuses the host of another API, which does not know this one's path: each SMS would be refused.
     *
     * @param setting the name of the setting that has the address
     * @throws WrongSetting if it is one
     */
    void requireNoOther(String setting, URI address) {
        for (VonageApi other : values()) {
            if (other != this && other.baseUri.getHost().equalsIgnoreCase(address.getHost())) {
                throw new WrongSetting(setting, "is that of the other API: api says " + word());
            }
        }
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what sends one SMS by it. It may throw what the SDK throws. */
    abstract Function<Sms, SmsOutcome> sender(VonageClient client);

    /** Returns an answer with a status of 2xx, cut to the fields that decide: the SDK fails at odd ones beside them. */
    abstract byte[] taken(byte[] answer);

    /** Returns true if an answer with another status is worth reading. */
    abstract boolean tellsProblems();

    /** Returns the API's own number of what is wrong, out of such an answer; empty if it tells none. */
    abstract OptionalInt problem(byte[] answer);
}
