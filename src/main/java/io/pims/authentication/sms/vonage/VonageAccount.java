package io.pims.authentication.sms.vonage;

import com.vonage.client.VonageClient;
import io.pims.authentication.configuration.WrongSetting;
import java.util.Optional;

/** Authenticates requests, by an application and its private key or by the account's key and secret. */
final class VonageAccount {

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
        return config.applicationId()
                .map(id -> VonageApplication.of(prefix, id, config.privateKey().orElseThrow()))
                .map(application -> new VonageAccount(application::authenticate));
    }
}
