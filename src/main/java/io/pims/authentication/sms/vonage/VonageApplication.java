package io.pims.authentication.sms.vonage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.vonage.client.VonageClient;
import com.vonage.client.auth.JWTAuthMethod;
import io.pims.authentication.configuration.WrongSetting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * An application at Vonage, which signs the tokens of its requests with its private key: <a
 * href="https://developer.vonage.com/en/getting-started/concepts/authentication">JSON Web Tokens (JWT)</a>. The key can't be
 * read out of it.
 */
public final class VonageApplication {

    /** In bytes; a key of 4096 bits has some 3,300. */
    private static final int LONGEST_KEY = 16 * 1024;

    private static final String PEM = "-----BEGIN";

    private final UUID id;
    private final byte[] key;

    private VonageApplication(UUID id, byte[] key) {
        this.id = id;
        this.key = key;
    }

    /**
     * @param prefix of the settings' names, without its last dot
     * @param id a UUID
     * @param privateKey in PEM, or the path of a file that has it
     * @throws WrongSetting if one of them can't be used; does not repeat it
     */
    public static VonageApplication of(String prefix, String id, String privateKey) {
        UUID application = application(prefix + ".application-id", id.strip());
        byte[] key = privateKey(prefix + ".private-key", privateKey.strip());
        requireUsable(prefix + ".private-key", application, key);
        return new VonageApplication(application, key);
    }

    /** Returns a new token for one request. Signing it takes some milliseconds. */
    public String token() {
        return new JWTAuthMethod(id.toString(), key).generateToken();
    }

    VonageClient.Builder authenticate(VonageClient.Builder client) {
        return client.applicationId(id).privateKeyContents(key);
    }

    private static UUID application(String setting, String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException none) {
            throw new WrongSetting(setting, "is not the id of an application, which is a UUID");
        }
    }

    private static byte[] privateKey(String setting, String pemOrFile) {
        if (pemOrFile.startsWith(PEM)) {
            // There is no backslash in PEM. Where a variable has one line only, line breaks are often written so.
            return pemOrFile.replace("\\n", "\n").getBytes(UTF_8);
        }
        try (InputStream file = Files.newInputStream(Path.of(pemOrFile))) {
            byte[] key = file.readNBytes(LONGEST_KEY + 1);
            if (key.length > LONGEST_KEY) {
                throw new WrongSetting(setting, "is a file of more than " + LONGEST_KEY + " bytes, and so no key");
            }
            return key;
        } catch (IOException | InvalidPathException unreadable) {
            throw new WrongSetting(setting, "is neither a key in PEM nor a file that can be read");
        }
    }

    /**
     * Neither the exception nor its message may be told: a part of the key is in it. Of blanks the SDK would make
     * tokens by the algorithm none, and not complain.
     */
    private static void requireUsable(String setting, UUID application, byte[] key) {
        String fault = "is no private RSA key in PEM that begins with " + PEM + " PRIVATE KEY-----";
        if (!new String(key, UTF_8).strip().startsWith(PEM)) {
            throw new WrongSetting(setting, fault);
        }
        try {
            new JWTAuthMethod(application.toString(), key).generateToken();
        } catch (RuntimeException unusable) {
            throw new WrongSetting(setting, fault);
        }
    }
}
