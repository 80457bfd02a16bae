package io.pims.authentication;

import static io.pims.authentication.Conversation.ACCOUNT;
import static io.pims.authentication.Conversation.DATA;
import static io.pims.authentication.Conversation.DRIVERS;
import static io.pims.authentication.Conversation.EVENTS;
import static io.pims.authentication.Conversation.MESSAGES_RECEIPT;
import static io.pims.authentication.Conversation.NUMBER;
import static io.pims.authentication.Conversation.PINCODE;
import static io.pims.authentication.Conversation.RECEIPT;
import static io.pims.authentication.TestDriver.SMSCODE;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the service can be asked to do: how, by whom, with what, and the codes that it may answer. */
public enum Operation {
    ASK_FOR_RESET_CODE("POST", SMSCODE, null, Map.of("type", "resetPIN"), 2006, 2201, 2202),
    ASK_FOR_CERTIFICATION_CODE(
            "POST",
            SMSCODE,
            null,
            ordered("type", "phoneNumberCertification", "phoneNumber", "06 12 34 56 78"),
            2006,
            2201,
            2202),
    READ_OUTCOME("GET", SMSCODE + "/{transactionId}", null, Map.of(), 2006, 2201, 2202),
    ADD_NUMBER(
            "PUT",
            SMSCODE,
            null,
            ordered("action", "addPhoneNumber", "phoneNumber", "+33612345678", "smsCode", "048213"),
            2201,
            2305,
            2306,
            2310,
            2390),
    MODIFY_NUMBER(
            "PUT",
            SMSCODE,
            null,
            ordered(
                    "action",
                    "modifyPhoneNumber",
                    "phoneNumber",
                    "+33612345678",
                    "smsCode",
                    "048213",
                    "pinCode",
                    "839517"),
            2201,
            2305,
            2306,
            2307,
            2310,
            2390),
    READ_NUMBER("GET", NUMBER, null, Map.of(), 2307),
    RESET_PIN(
            "PUT",
            PINCODE,
            null,
            ordered("action", "reset", "smsCode", "048213", "pinCode", "839517"),
            2201,
            2305,
            2306,
            2310,
            2315),
    UPDATE_PIN(
            "PUT",
            PINCODE,
            null,
            ordered("action", "update", "oldPIN", "839517", "newPIN", "590274"),
            2201,
            2310,
            2315),
    VERIFY_PIN(
            "POST",
            PINCODE + "/verification",
            "pin-verifier",
            ordered("user", "somebody", "pinCode", "839517"),
            2201,
            2310),
    READ_ACCOUNT("GET", ACCOUNT, null, Map.of()),
    READ_EVENTS("GET", EVENTS, "auditor", Map.of()),
    READ_DRIVER("GET", DRIVERS, "support", Map.of(), 2201),
    RECOVER_DRIVER("POST", DRIVERS + "/recovery", "support", ordered("reason", "Phone lost, ticket 48213"), 2201, 2307),
    UNDO_RECOVERY("DELETE", DRIVERS + "/recovery", "support", Map.of(), 2201),
    UNBLOCK_DRIVER("POST", DRIVERS + "/unblock", "support", ordered("reason", "PIN mistyped, ticket 48214"), 2201),
    EXPORT_DATA("GET", DATA, "privacy", Map.of()),
    ERASE_DATA("DELETE", DATA, "privacy", Map.of(), 2201),
    RECEIVE_BY_GET("GET", RECEIPT, Operation.SIGNED, Map.of()),
    RECEIVE_BY_POST("POST", RECEIPT, Operation.SIGNED, Map.of()),
    PROBE_MESSAGES("GET", MESSAGES_RECEIPT, Operation.OPEN, Map.of()),
    RECEIVE_MESSAGES("POST", MESSAGES_RECEIPT, Operation.SIGNED, Map.of());

    /** In the place of a role: Vonage signs, and has no token. */
    private static final String SIGNED = "signed";

    /** Asks whether the address answers, and nothing else: nobody has to be known for it. */
    private static final String OPEN = "open";

    private final String method;
    private final String path;
    private final String role;
    private final Map<String, String> body;
    /** From the start those that each has: not ready, no token, a bad one or a bad parameter, what nobody expects. */
    private final Set<Integer> codes = new TreeSet<>(Set.of(2001, 2101, 2102, 2204));

    Operation(String method, String path, String role, Map<String, String> body, Integer... codes) {
        this.method = method;
        this.path = path;
        this.role = role;
        this.body = body;
        this.codes.addAll(Arrays.asList(codes));
        if (OPEN.equals(role)) {
            this.codes.remove(2101);
        }
    }

    private static Map<String, String> ordered(String... fields) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            ordered.put(fields[i], fields[i + 1]);
        }
        return ordered;
    }

    public String method() {
        return method;
    }

    /** As the resource has it. */
    public String path() {
        return path;
    }

    public boolean isByToken() {
        return !SIGNED.equals(role) && asksDatabase();
    }

    public boolean asksDatabase() {
        return !OPEN.equals(role);
    }

    /** Whose token it takes; empty for every driver's. */
    public Optional<String> role() {
        return Optional.ofNullable(role);
    }

    /** True if it is about a driver other than the one who asks. */
    public boolean isAboutDriver() {
        return path.contains("{user}");
    }

    /** True if it asks why, and has no body to be told in. */
    public boolean hasReasonInQuery() {
        return "support".equals(role) && body.isEmpty();
    }

    /** A body that is as it should be; empty where there is none. */
    public Map<String, String> body() {
        return body;
    }

    /** All codes that an answer of it may have. */
    public Set<Integer> codes() {
        return codes;
    }

    /** As the page about the API names it, such as {@code PUT /v1/authentication/pincode action=reset}. */
    public String title() {
        return method + " " + path
                + body.entrySet().stream()
                        .filter(field -> field.getKey().equals("action")
                                || field.getKey().equals("type"))
                        .map(field -> " " + field.getKey() + "=" + field.getValue())
                        .findFirst()
                        .orElse("");
    }

    @Override
    public String toString() {
        return title();
    }
}
