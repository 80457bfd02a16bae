package com.google.android.gms.common.api;

/** Of {@code com.google.android.gms:play-services-basement}, as far as the activity needs it. */
public final class Status {

    private Status() {}

    public int getStatusCode() {
        throw new UnsupportedOperationException();
    }
}
