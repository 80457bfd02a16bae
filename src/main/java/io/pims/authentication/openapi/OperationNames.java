package io.pims.authentication.openapi;

import java.util.Map;
import java.util.Objects;

/** By which generated clients call the operations, and the groups that they put them in. */
final class OperationNames {

    private record Name(String group, String operation) {}

    private static final Map<String, Name> NAMES = Map.of(
            "POST smscode", new Name("SmsCode", "requestSmsCode"),
            "GET smscode/{transactionId}", new Name("SmsCode", "readTransaction"),
            "PUT smscode", new Name("PhoneNumber", "changePhoneNumber"),
            "GET trustedphonenumber", new Name("PhoneNumber", "readPhoneNumber"),
            "PUT pincode", new Name("PinCode", "changePinCode"),
            "POST pincode/verification", new Name("PinCode", "verifyPinCode"),
            "GET account", new Name("Account", "readAccount"),
            "GET events", new Name("SecurityEvent", "readEvents"),
            "GET receipt", new Name("Receipt", "takeReceiptOfQuery"),
            "POST receipt", new Name("Receipt", "takeReceipt"));

    private OperationNames() {}

    /** @param operation method and path below {@code /v1/authentication/} */
    static String of(String operation) {
        return name(operation).operation();
    }

    static String group(String operation) {
        return name(operation).group();
    }

    private static Name name(String operation) {
        return Objects.requireNonNull(NAMES.get(operation), () -> "no name for " + operation);
    }
}
