package io.pims.authentication.code;

import java.util.Optional;
import java.util.stream.Stream;

/** The purpose of a code. A code of one type never serves another. */
public enum SmsCodeType {
    RESET_PIN("resetPIN"),
    PHONE_NUMBER_CERTIFICATION("phoneNumberCertification");

    private final String text;

    SmsCodeType(String text) {
        this.text = text;
    }

    /** Returns the API's name. */
    public String text() {
        return text;
    }

    public static Optional<SmsCodeType> of(String text) {
        return Stream.of(values()).filter(type -> type.text.equals(text)).findFirst();
    }
}
