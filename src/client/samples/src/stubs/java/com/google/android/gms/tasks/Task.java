package com.google.android.gms.tasks;

/** Of {@code com.google.android.gms:play-services-tasks}, as far as the activity needs it. */
public abstract class Task<T> {}
