package io.pims.authentication.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Examples of what an operation takes, one for each type or action. */
final class Bodies {

    private static final String NUMBER = "+33612345678";
    private static final String CODE = "012345";
    private static final String PIN = "048213";
    private static final String OTHER_PIN = "590274";

    private static final Map<String, List<Map<String, Object>>> EXAMPLES = Map.of(
            "POST smscode",
                    List.of(body("type", "resetPIN"), body("type", "phoneNumberCertification", "phoneNumber", NUMBER)),
            "PUT smscode",
                    List.of(
                            body("action", "addPhoneNumber", "phoneNumber", NUMBER, "smsCode", CODE),
                            body(
                                    "action",
                                    "modifyPhoneNumber",
                                    "phoneNumber",
                                    NUMBER,
                                    "smsCode",
                                    CODE,
                                    "pinCode",
                                    PIN)),
            "PUT pincode",
                    List.of(
                            body("action", "reset", "smsCode", CODE, "pinCode", PIN),
                            body("action", "update", "oldPIN", PIN, "newPIN", OTHER_PIN)),
            "POST pincode/verification", List.of(body("user", "demo", "pinCode", PIN)));

    private Bodies() {}

    /** @param operation method and path below {@code /v1/authentication/} */
    static List<Map<String, Object>> of(String operation) {
        return EXAMPLES.getOrDefault(operation, List.of());
    }

    private static Map<String, Object> body(String... fields) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            body.put(fields[i], fields[i + 1]);
        }
        return body;
    }
}
