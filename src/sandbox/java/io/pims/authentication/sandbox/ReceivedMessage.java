package io.pims.authentication.sandbox;

import java.time.Instant;

/** An SMS that the provider took over; {@code to} as E.164, {@code clientRef} null if the sender gave none. */
public record ReceivedMessage(String to, String from, String text, String clientRef, Instant receivedAt) {}
