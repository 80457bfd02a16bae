package io.pims.authentication.facade;

import java.util.Map;

/**
 * Why {@link Pims#initialize} did not initialise. Its message says which setting is wrong and what it should be, but
 * never the value, which may be a secret.
 */
public final class PimsException extends RuntimeException {

    private final ErrorCode error;
    private final String parameter;

    PimsException(ErrorCode error, String parameter, String detail) {
        super(error.code() + " " + error.label(parameter) + (detail == null ? "" : ": " + detail));
        this.error = error;
        this.parameter = parameter;
    }

    static PimsException notWellConfigured(String detail) {
        return new PimsException(ErrorCode.NOT_WELL_CONFIGURED, null, detail);
    }

    static PimsException missing(String parameter) {
        return new PimsException(ErrorCode.MISSING_PARAMETER, parameter, null);
    }

    static PimsException invalid(String parameter) {
        return new PimsException(ErrorCode.INVALID_PARAMETER, parameter, null);
    }

    /** 2006 for a bad configuration, 2007 if the facade is initialised already. */
    public int code() {
        return error.code();
    }

    /** The label of the code, as in a message. */
    public String label() {
        return error.label(parameter);
    }

    Map<String, Object> message(String transactionId) {
        return error.message(transactionId, parameter);
    }
}
