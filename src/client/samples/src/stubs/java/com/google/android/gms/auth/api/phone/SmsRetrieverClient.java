package com.google.android.gms.auth.api.phone;

import com.google.android.gms.tasks.Task;

/** Of {@code com.google.android.gms:play-services-auth-api-phone}, as far as the activity needs it. */
public abstract class SmsRetrieverClient {

    public abstract Task<Void> startSmsRetriever();
}
