package io.pims.authentication.replica;

import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.NumberVaultConfig;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The keys of one installation, made up for it. */
final class InstallationKeys {

    private final String encryption = newKey();
    private final String hash = newKey();
    private final String pepper = newKey();
    private final String code = newKey();

    private static String newKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return "it:" + Base64.getEncoder().encodeToString(key);
    }

    Map<String, String> settings() {
        return Map.of(
                "pims.smscode.keys", code,
                "pims.trustedphonenumber.encryption-keys", encryption,
                "pims.trustedphonenumber.hash-key", hash,
                "pims.pincode.peppers", pepper);
    }

    /** Seals numbers as the replicas do. */
    NumberVault vault() {
        return new NumberVault(new NumberVaultConfig() {
            @Override
            public List<String> encryptionKeys() {
                return List.of(encryption);
            }

            @Override
            public String hashKey() {
                return hash;
            }
        });
    }
}
