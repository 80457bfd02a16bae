package com.google.android.gms.common.api;

/** Of {@code com.google.android.gms:play-services-base}, as far as the activity needs it. */
public final class Status {

    private Status() {}

    public int getStatusCode() {
        throw new UnsupportedOperationException();
    }
}
