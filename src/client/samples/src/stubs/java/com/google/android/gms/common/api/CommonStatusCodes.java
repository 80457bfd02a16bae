package com.google.android.gms.common.api;

/** Of {@code com.google.android.gms:play-services-basement}, as far as the activity needs it. */
public class CommonStatusCodes {

    public static final int SUCCESS = 0;
}
