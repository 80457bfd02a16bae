package com.google.android.gms.common.api;

/** Of {@code com.google.android.gms:play-services-base}, as far as the activity needs it. */
public class CommonStatusCodes {

    public static final int SUCCESS = 0;
}
