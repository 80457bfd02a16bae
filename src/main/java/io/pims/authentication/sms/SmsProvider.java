package io.pims.authentication.sms;

/** Makes the senders of the roads that go by one kind of provider. */
public interface SmsProvider {

    /** Returns its name, a value of {@code pims.sms.routes.<name>.provider}. */
    String name();

    /**
     * Makes the sender of a road by that road's settings. Called once for each road, and closed with this.
     *
     * @throws io.pims.authentication.configuration.WrongSetting if they are wrong, or are missing
     */
    SmsSender sender(String road);
}
