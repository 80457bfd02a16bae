package io.pims.authentication.transaction;

/**
 * A client's promise that two requests are one.
 *
 * @param key unique for its user
 * @param fingerprint SHA-256 of what is asked for: the same key with another one is a mistake
 */
public record Idempotency(String key, byte[] fingerprint) {}
