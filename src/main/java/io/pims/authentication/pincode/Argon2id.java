package io.pims.authentication.pincode;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, version 1.3 (RFC 9106), by Bouncy Castle, at a given cost.
 *
 * @param memory in KiB
 * @param passes over the memory
 * @param lanes degree of parallelism; the lanes are computed one after the other all the same
 */
record Argon2id(int memory, int passes, int lanes) {

    /** The second choice of the OWASP Password Storage Cheat Sheet: as strong as 46 MiB in one pass. */
    static final Argon2id OWASP = new Argon2id(19_456, 2, 1);

    static final int VERSION = Argon2Parameters.ARGON2_VERSION_13;

    /**
     * Returns the tag of a message.
     *
     * @param bytes length of the tag
     */
    byte[] tag(byte[] message, byte[] salt, int bytes) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(VERSION)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] tag = new byte[bytes];
        generator.generateBytes(message, tag);
        return tag;
    }
}
