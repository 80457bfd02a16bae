package io.pims.authentication.smscode;

import io.pims.authentication.code.SmsCodeType;
import io.pims.authentication.http.ApiException;

/**
 * The body of the request for a code.
 *
 * @param type {@code resetPIN}, or {@code phoneNumberCertification} with a phone number
 * @param phoneNumber the number to certify, as the driver typed it
 */
public record SmsCodeRequest(String type, String phoneNumber) {

    @Override
    public String toString() {
        return "SmsCodeRequest[type=" + type + "]";
    }

    /** @throws ApiException 400 if the type is missing or unknown, or does not fit the phone number */
    SmsCodeType requireType() {
        if (type == null) {
            throw ApiException.missing("type");
        }
        SmsCodeType known = SmsCodeType.of(type).orElseThrow(() -> ApiException.invalid("type"));
        if (known == SmsCodeType.RESET_PIN && phoneNumber != null) {
            throw ApiException.invalid("phoneNumber");
        }
        if (known == SmsCodeType.PHONE_NUMBER_CERTIFICATION && phoneNumber == null) {
            throw ApiException.missing("phoneNumber");
        }
        return known;
    }
}
