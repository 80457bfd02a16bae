package io.pims.authentication.sms.vonage;

import io.pims.authentication.sms.SendPermit;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.TestConfig;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Both ends of the line, and closes them after each test. */
final class TestVonage implements AfterEachCallback {

    static final String KEY = "key12345";
    static final String SECRET = "secret123456";
    static final String APPLICATION = "5f0c1e6a-1111-4222-8333-944445555666";

    /** As Vonage hands it out: PKCS#8, in PEM. */
    static final String PRIVATE_KEY = pem();

    static final Sms SMS = new Sms(
            "+33612345678",
            "Peugeot",
            "Peugeot: 123456 é\n@peugeot.com #123456",
            "tx-1",
            Duration.ofMinutes(10),
            "fr",
            "peugeot",
            "FR");

    static final SendPermit PERMIT = longest -> true;

    private final VonageApi api;
    private final List<AutoCloseable> open = new ArrayList<>();

    TestVonage(VonageApi api) {
        this.api = api;
    }

    private static String pem() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            byte[] key = keys.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The API's answer to an SMS that it takes. */
    ScriptedVonage.Answer accepted() {
        return api == VonageApi.SMS ? ScriptedVonage.status("0") : ScriptedVonage.messageUuid();
    }

    /** The SMS that {@link #accepted()} is about. */
    SmsOutcome acceptance() {
        return api == VonageApi.SMS
                ? SmsOutcome.accepted("0C0001", "0")
                : SmsOutcome.accepted(ScriptedVonage.MESSAGE_UUID, "202");
    }

    ScriptedVonage provider(ScriptedVonage.Answer answer) throws IOException {
        return closedAtTheEnd(new ScriptedVonage(answer));
    }

    /**
     * @param changes key, value, … over an account with short timeouts; for the Messages API one with an application
     */
    VonageSmsSender sender(URI uri, int clients, String... changes) {
        List<String> settings = new ArrayList<>(account());
        settings.addAll(List.of(
                "pims.sms.vonage.base-uri",
                uri.toString(),
                "pims.sms.vonage.clients",
                "" + clients,
                "pims.sms.vonage.connect-timeout",
                "0.5S",
                "pims.sms.vonage.read-timeout",
                "0.5S"));
        settings.addAll(Arrays.asList(changes));
        String[] all = settings.toArray(String[]::new);
        VonageSmsSender sender =
                new VonageSmsSender("vonage", "pims.sms.vonage", TestConfig.of(VonageConfig.class, all));
        open.add(sender::close);
        return sender;
    }

    private List<String> account() {
        return switch (api) {
            case SMS -> List.of("pims.sms.vonage.api-key", KEY, "pims.sms.vonage.api-secret", SECRET);
            case MESSAGES ->
                List.of(
                        "pims.sms.vonage.api",
                        "messages",
                        "pims.sms.vonage.application-id",
                        APPLICATION,
                        "pims.sms.vonage.private-key",
                        PRIVATE_KEY);
        };
    }

    SmsOutcome send(ScriptedVonage.Answer answer) throws IOException {
        return send(provider(answer).uri());
    }

    SmsOutcome send(URI uri) {
        return sender(uri, 1).send(SMS, PERMIT).await().atMost(Duration.ofSeconds(30));
    }

    <T extends AutoCloseable> T closedAtTheEnd(T resource) {
        open.add(resource);
        return resource;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }
}
