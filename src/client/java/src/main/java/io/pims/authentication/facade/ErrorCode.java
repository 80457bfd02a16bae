package io.pims.authentication.facade;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The codes that the facade gives itself; those of the service pass through as they came. */
enum ErrorCode {
    NOT_INITIALIZED(2001, "Facade not initialized"),
    API_NOT_SUPPORTED(2002, "API not supported"),
    NOT_WELL_CONFIGURED(2006, "Core not well configured"),
    ALREADY_INITIALIZED(2007, "Facade already initialized"),
    MISSING_PARAMETER(2101, "Missing [PARAMETER] parameter"),
    INVALID_PARAMETER(2102, "Invalid [PARAMETER] parameter"),
    TIMEOUT(2201, "Timeout/Polling Timeout/Command Timeout"),
    NETWORK_PROBLEM(2202, "Network problem : No internet"),
    SERVER_ERROR(2204, "Server Error");

    private final int code;
    private final String label;

    ErrorCode(int code, String label) {
        this.code = code;
        this.label = label;
    }

    int code() {
        return code;
    }

    /** @param parameter fills the label's [PARAMETER]; may be null where it has none */
    String label(String parameter) {
        return parameter == null ? label : label.replace("[PARAMETER]", parameter);
    }

    Map<String, Object> message(String transactionId) {
        return message(transactionId, null);
    }

    /** The envelope in the order of the wire. */
    Map<String, Object> message(String transactionId, String parameter) {
        return failed(transactionId, code, label(parameter));
    }

    static Map<String, Object> failed(String transactionId, int code, String label) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("label", label);
        return envelope(transactionId, "FAILED", "error", Collections.unmodifiableMap(error));
    }

    static Map<String, Object> envelope(String transactionId, String status, String key, Object value) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("transactionId", transactionId);
        message.put("status", status);
        message.put(key, value);
        return Collections.unmodifiableMap(message);
    }
}
