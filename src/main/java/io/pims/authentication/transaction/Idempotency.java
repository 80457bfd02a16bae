package io.pims.authentication.transaction;

import java.util.Optional;

/**
 * A client's promise that two requests are one.
 *
 * @param key unique for its user
 * @param type what is asked for: the same key for another type is a mistake
 * @param numberHash the keyed hash of the number that is asked for, of which the same holds; empty where it is the one on
 *     file, whichever that is
 */
public record Idempotency(String key, String type, Optional<byte[]> numberHash) {}
