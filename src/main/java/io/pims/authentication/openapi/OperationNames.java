package io.pims.authentication.openapi;

import java.util.Map;
import java.util.Objects;

/** By which generated clients call the operations, and the groups that they put them in. */
final class OperationNames {

    private record Name(String group, String operation) {}

    private static final Map<String, Name> NAMES = Map.ofEntries(
            Map.entry("POST smscode", new Name("SmsCode", "requestSmsCode")),
            Map.entry("GET smscode/{transactionId}", new Name("SmsCode", "readTransaction")),
            Map.entry("PUT smscode", new Name("PhoneNumber", "changePhoneNumber")),
            Map.entry("GET trustedphonenumber", new Name("PhoneNumber", "readPhoneNumber")),
            Map.entry("PUT pincode", new Name("PinCode", "changePinCode")),
            Map.entry("POST pincode/verification", new Name("PinCode", "verifyPinCode")),
            Map.entry("GET account", new Name("Account", "readAccount")),
            Map.entry("GET events", new Name("SecurityEvent", "readEvents")),
            Map.entry("GET drivers/{user}", new Name("Support", "readDriver")),
            Map.entry("POST drivers/{user}/recovery", new Name("Support", "recoverDriver")),
            Map.entry("DELETE drivers/{user}/recovery", new Name("Support", "undoRecovery")),
            Map.entry("POST drivers/{user}/unblock", new Name("Support", "unblockDriver")),
            Map.entry("GET drivers/{user}/data", new Name("DriverData", "exportDriverData")),
            Map.entry("DELETE drivers/{user}/data", new Name("DriverData", "eraseDriverData")),
            Map.entry("GET receipt", new Name("Receipt", "takeReceiptOfQuery")),
            Map.entry("POST receipt", new Name("Receipt", "takeReceipt")),
            Map.entry("GET receipt/messages", new Name("Receipt", "testReceiptOfMessages")),
            Map.entry("POST receipt/messages", new Name("Receipt", "takeReceiptOfMessages")));

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
