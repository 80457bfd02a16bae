package io.pims.authentication.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that is refused: what the client is told, and nothing else. The cause, where there is one, is for the
 * log and never serialised.
 */
public final class ApiException extends RuntimeException {

    private final ErrorCode code;
    private final String parameter;
    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String reason;
    private String limit;

    private ApiException(int status, ErrorCode code, String parameter, Throwable cause) {
        super(code.label(parameter), cause);
        this.status = status;
        this.code = code;
        this.parameter = parameter;
    }

    /** 400 with 2101. */
    public static ApiException missing(String parameter) {
        return missing(parameter, 400);
    }

    /** Returns 2101 with a status that says more than 400: 401, or 409 for what has to be on file before. */
    public static ApiException missing(String parameter, int status) {
        return new ApiException(status, ErrorCode.MISSING_PARAMETER, parameter, null);
    }

    /** @throws ApiException 400 with 2101 if the parameter has no value */
    public static void requirePresent(String parameter, Object value) {
        if (value == null) {
            throw missing(parameter);
        }
    }

    /** 400 with 2102. */
    public static ApiException invalid(String parameter) {
        return invalid(parameter, 400);
    }

    /** Returns 2102 with a status that says more than 400, such as 404 or 422. */
    public static ApiException invalid(String parameter, int status) {
        return new ApiException(status, ErrorCode.INVALID_PARAMETER, parameter, null);
    }

    /**
     * Returns the refusal of a code that has one HTTP status wherever it is answered.
     *
     * @throws IllegalArgumentException if the code has several
     */
    public static ApiException refusal(ErrorCode code) {
        int status =
                switch (code) {
                    case SMS_CODE_INVALID, SMS_CODE_EXPIRED, SAME_PIN_CODE -> 400;
                    case ACCOUNT_BLOCKED -> 403;
                    case NO_PHONE_NUMBER -> 404;
                    case PHONE_NUMBER_TAKEN -> 409;
                    default -> throw new IllegalArgumentException("No status of its own: " + code);
                };
        return of(status, code);
    }

    /** Returns a refusal whose label names no parameter. */
    public static ApiException of(int status, ErrorCode code) {
        return new ApiException(status, code, null, null);
    }

    /** Returns a 503 with 2204: the database can't be reached or does not answer in time, which passes. */
    public static ApiException databaseAway(Throwable cause) {
        return new ApiException(503, ErrorCode.SERVER_ERROR, null, cause).retryAfter(Duration.ofSeconds(2));
    }

    /** Adds {@code Retry-After} (RFC 9110, section 10.2.3) in whole seconds, rounded up, at least one. */
    public ApiException retryAfter(Duration delay) {
        long seconds = Math.max(1, delay.plusNanos(999_999_999).toSeconds());
        return header("Retry-After", Long.toString(seconds));
    }

    public ApiException header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /**
     * Says why in the log, and nowhere else.
     *
     * @param reason in words of our own, nothing that was sent
     */
    public ApiException because(String reason) {
        this.reason = reason;
        return this;
    }

    /** Names the limit that refuses, for the metrics alone. */
    public ApiException limitedBy(String name) {
        this.limit = name;
        return this;
    }

    /** Returns the label, and the reason where one is given; for the log. */
    @Override
    public String getMessage() {
        return reason == null ? super.getMessage() : super.getMessage() + " (" + reason + ")";
    }

    public ErrorCode code() {
        return code;
    }

    /** Returns the parameter that the label names, or null. */
    public String parameter() {
        return parameter;
    }

    /** The limit that refuses; null if none does, or one without a name. */
    public String limit() {
        return limit;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
