package io.pims.authentication.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Remembers what the tests used and no log may hold: numbers, codes, PINs, tokens. Does so where the system property
 * {@value #FILE} names a file, and nowhere else.
 */
public final class UsedSecrets {

    public static final String FILE = "pims.sandbox.used-secrets";

    private static final String FILE_NAME = System.getProperty(FILE, "");

    private UsedSecrets() {}

    /** One line a secret; a line is written at once, so that several processes can share the file. */
    public static synchronized void note(String secret) {
        if (FILE_NAME.isEmpty()) {
            return;
        }
        try {
            Path file = Path.of(FILE_NAME);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, secret + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number that a message went to, and the code in it. */
    static void note(ReceivedMessage message) {
        note(message.to());
        String text = message.text();
        if (text.contains("#")) {
            note(text.substring(text.lastIndexOf('#') + 1));
        }
    }
}
