package io.pims.authentication.code;

import io.pims.authentication.keyring.Keyring;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.SecretKey;

/**
 * Derives a code from its id: HMAC-SHA-256 under a key outside the database, cut to six digits by the dynamic truncation
 * of RFC 4226, section 5.3. So no code is stored.
 */
final class CodeDerivation {

    private static final int MODULUS = (int) Math.pow(10, TypedCode.DIGITS);

    private CodeDerivation() {}

    /** Returns the code of this id: six digits with their leading zeros. */
    static String derive(UUID codeId, SecretKey key) {
        byte[] id = ByteBuffer.allocate(16)
                .putLong(codeId.getMostSignificantBits())
                .putLong(codeId.getLeastSignificantBits())
                .array();
        int number = truncate(Keyring.hmac(key, id)) % MODULUS;
        return String.format(Locale.ROOT, "%0" + TypedCode.DIGITS + "d", number);
    }

    /** Compares in constant time. */
    static boolean matches(String code, UUID codeId, SecretKey key) {
        return MessageDigest.isEqual(
                derive(codeId, key).getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns 31 bits of the HMAC, at the offset in its last four bits (RFC 4226, section 5.3, step 2). */
    static int truncate(byte[] hmac) {
        int offset = hmac[hmac.length - 1] & 0xf;
        return ByteBuffer.wrap(hmac).getInt(offset) & 0x7fff_ffff;
    }
}
