package io.pims.authentication.smscode;

/**
 * The body of the request for a code.
 *
 * @param type {@code resetPIN}
 */
public record SmsCodeRequest(String type) {}
