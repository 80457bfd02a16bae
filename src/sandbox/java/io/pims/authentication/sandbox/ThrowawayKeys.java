package io.pims.authentication.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The service's secret keys, made on the spot and kept beside the data that is under them. */
record ThrowawayKeys(Path folder) {

    private static final int BYTES = 32;

    /** A keyring of one key, the same at each start. */
    String keyring(String name) {
        Path file = folder.resolve(name + "-key");
        try {
            if (!Files.exists(file)) {
                byte[] key = new byte[BYTES];
                new SecureRandom().nextBytes(key);
                Files.createDirectories(folder);
                Files.write(file, key);
            }
            return "sandbox:" + Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
