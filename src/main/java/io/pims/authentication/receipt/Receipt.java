package io.pims.authentication.receipt;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.transaction.DeliveryState;
import io.pims.authentication.transaction.DeliveryStatus;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The parts of a <a href="https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts">delivery receipt</a>
 * that count here. Its number is read for the country only.
 *
 * @param transaction our {@code client-ref}; empty if it is no id of ours
 * @param state empty if Vonage does not know it, or the status is new to us
 * @param country ISO 3166-1 alpha-2, or {@code other}
 */
record Receipt(Optional<UUID> transaction, Optional<DeliveryState> state, String country) {

    private static final String OTHER = "other";
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,20}");
    private static final Pattern ERROR_CODE = Pattern.compile("[0-9]{1,6}");

    private static final Map<String, DeliveryStatus> STATUSES = Map.of(
            "accepted", DeliveryStatus.SUBMITTED,
            "buffered", DeliveryStatus.SUBMITTED,
            "delivered", DeliveryStatus.DELIVERED,
            "expired", DeliveryStatus.EXPIRED,
            "failed", DeliveryStatus.FAILED,
            "rejected", DeliveryStatus.REJECTED);

    /** Reads the parameters. A missing or unreadable one is empty. */
    static Receipt of(Map<String, String> parameters) {
        return new Receipt(
                RequestIds.read(parameters.getOrDefault("client-ref", "")),
                Optional.ofNullable(STATUSES.get(parameters.getOrDefault("status", "")))
                        .map(status -> new DeliveryState(status, errorCode(parameters))),
                countryOf(parameters.getOrDefault("msisdn", "")));
    }

    private static int errorCode(Map<String, String> parameters) {
        return value(parameters, "err-code", ERROR_CODE).map(Integer::valueOf).orElse(0);
    }

    private static Optional<String> value(Map<String, String> parameters, String name, Pattern form) {
        return Optional.ofNullable(parameters.get(name))
                .filter(value -> form.matcher(value).matches());
    }

    /** @param msisdn what Vonage gives as the number, without its plus; any text else is of no country */
    static String countryOf(String msisdn) {
        if (!NUMBER.matcher(msisdn).matches()) {
            return OTHER;
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            String region =
                    numbers.getRegionCodeForNumber(numbers.parse(msisdn.startsWith("+") ? msisdn : "+" + msisdn, null));
            return region == null || region.length() != 2 ? OTHER : region;
        } catch (NumberParseException notANumber) {
            return OTHER;
        }
    }
}
