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
import java.util.Optional;
import java.util.UUID;

/** Authenticates requests, by an application and its private key or by the account's key and secret. */
final class VonageAccount {

    /** In bytes; a key of 4096 bits has some 3,300. */
    private static final int LONGEST_KEY = 16 * 1024;

    private static final String PEM = "-----BEGIN";

    private final Authentication authentication;

    private interface Authentication {
        VonageClient.Builder on(VonageClient.Builder client);
    }

    private VonageAccount(Authentication authentication) {
        this.authentication = authentication;
    }

    /**
     * Reads what the API takes; empty if it is not set. The Messages API takes both, the application first.
     *
     * @param prefix of the settings' names, without its last dot
     * @throws WrongSetting if one half of an application is missing or its key can't be read, also for the SMS API: a
     *     typo must show before the account is moved. For the Messages API also if one half of key and secret is
     *     missing; for the SMS API the service has always started with it, and refuses with 2006
     */
    static Optional<VonageAccount> of(String prefix, VonageConfig config) {
        requireBoth(prefix, "application-id", config.applicationId(), "private-key", config.privateKey());
        Optional<VonageAccount> application = byApplication(prefix, config);
        if (config.api() == VonageApi.SMS) {
            return byKey(config);
        }
        requireBoth(prefix, "api-key", config.apiKey(), "api-secret", config.apiSecret());
        return application.or(() -> byKey(config));
    }

    VonageClient.Builder authenticate(VonageClient.Builder client) {
        return authentication.on(client);
    }

    private static void requireBoth(
            String prefix, String first, Optional<String> one, String second, Optional<String> other) {
        if (one.isPresent() != other.isPresent()) {
            String missing = one.isPresent() ? second : first;
            throw new WrongSetting(
                    prefix + "." + missing, "is not set, but " + (one.isPresent() ? first : second) + " is");
        }
    }

    private static Optional<VonageAccount> byKey(VonageConfig config) {
        return config.apiKey()
                .flatMap(key -> config.apiSecret()
                        .map(secret ->
                                new VonageAccount(client -> client.apiKey(key).apiSecret(secret))));
    }

    private static Optional<VonageAccount> byApplication(String prefix, VonageConfig config) {
        return config.applicationId().map(id -> {
            UUID application = application(prefix + ".application-id", id.strip());
            byte[] key = privateKey(
                    prefix + ".private-key", config.privateKey().orElseThrow().strip());
            requireUsable(prefix + ".private-key", application, key);
            return new VonageAccount(client -> client.applicationId(application).privateKeyContents(key));
        });
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
