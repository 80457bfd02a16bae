package io.pims.authentication.receipt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.transaction.DeliveryState;
import io.pims.authentication.transaction.DeliveryStatus;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the body of a
 * <a href="https://developer.vonage.com/en/messages/concepts/messages-status-callbacks">message status</a>. Only its
 * {@code client_ref}, {@code status}, {@code to} and the code in {@code error} count; one of them that is missing, or
 * of another type, is as if it were not there. It may be nested {@value #DEEPEST} deep (Vonage documents 4).
 *
 * <p>Statuses after <a href="https://developer.vonage.com/en/messages/concepts/sms-status-callbacks">Vonage, SMS Status
 * Callbacks</a>: whatever the network says of an SMS that does not arrive comes as {@code rejected}, and its code tells
 * what it was. {@code undeliverable} means that Vonage could not reach the provider.
 */
final class MessageStatus {

    private static final int DEEPEST = 8;
    private static final int LONGEST_NUMBER = 32;

    /** The code of what the SMS API calls expired. */
    private static final int OUT_OF_TIME = 1360;

    /** The code of what the SMS API calls unknown. */
    private static final int UNKNOWN = 1330;

    /** The first and the last code of what befell an SMS in the network, such as an absent or busy phone. */
    private static final int FIRST_OF_NETWORK = 1180;

    private static final int LAST_OF_NETWORK = 1230;

    private static final Pattern CODE = Pattern.compile("(?:[!-~]{0,200}#)?([1-9][0-9]{0,5})");

    private static final Map<String, DeliveryStatus> STATUSES = Map.of(
            "submitted", DeliveryStatus.SUBMITTED,
            "delivered", DeliveryStatus.DELIVERED,
            "rejected", DeliveryStatus.REJECTED,
            "undeliverable", DeliveryStatus.FAILED);

    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private MessageStatus() {}

    /** @throws ApiException 400 if it is no JSON object, or beyond the bounds */
    static Receipt read(byte[] body) {
        JsonNode status;
        try {
            status = JSON.readTree(body);
        } catch (IOException notJson) {
            throw ApiException.invalid("body");
        }
        if (status == null || !status.isObject()) {
            throw ApiException.invalid("body");
        }
        return new Receipt(
                RequestIds.read(text(status.path("client_ref"))),
                Optional.ofNullable(STATUSES.get(text(status.path("status")))).map(known -> state(known, status)),
                Receipt.countryOf(text(status.path("to"))));
    }

    private static DeliveryState state(DeliveryStatus status, JsonNode body) {
        int code = status == DeliveryStatus.SUBMITTED || status == DeliveryStatus.DELIVERED ? 0 : code(body);
        return new DeliveryState(status == DeliveryStatus.REJECTED ? rejected(code) : status, code);
    }

    private static DeliveryStatus rejected(int code) {
        if (code == OUT_OF_TIME) {
            return DeliveryStatus.EXPIRED;
        }
        return code == UNKNOWN || code >= FIRST_OF_NETWORK && code <= LAST_OF_NETWORK
                ? DeliveryStatus.FAILED
                : DeliveryStatus.REJECTED;
    }

    /**
     * The code is the title of the error, as text or number, and the end of its type. It may be an error in an error.
     */
    private static int code(JsonNode body) {
        JsonNode error =
                body.path("error").path("error").isObject() ? body.path("error").path("error") : body.path("error");
        return code(error.path("title").asText())
                .or(() -> code(text(error.path("type"))))
                .orElse(0);
    }

    private static Optional<Integer> code(String text) {
        Matcher code = CODE.matcher(text);
        return code.matches() ? Optional.of(Integer.valueOf(code.group(1))) : Optional.empty();
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : "";
    }
}
