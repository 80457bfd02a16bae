package com.google.android.gms.auth.api.phone;

import android.content.Context;

/** Of {@code com.google.android.gms:play-services-auth-api-phone}, as far as the activity needs it. */
public final class SmsRetriever {

    public static final String SMS_RETRIEVED_ACTION = "com.google.android.gms.auth.api.phone.SMS_RETRIEVED";
    public static final String EXTRA_SMS_MESSAGE = "com.google.android.gms.auth.api.phone.EXTRA_SMS_MESSAGE";
    public static final String EXTRA_STATUS = "com.google.android.gms.auth.api.phone.EXTRA_STATUS";
    public static final String SEND_PERMISSION = "com.google.android.gms.auth.api.phone.permission.SEND";

    private SmsRetriever() {}

    public static SmsRetrieverClient getClient(Context context) {
        throw new UnsupportedOperationException();
    }
}
