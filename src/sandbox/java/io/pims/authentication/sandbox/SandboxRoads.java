package io.pims.authentication.sandbox;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigValue;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Points each road to the phone at the fake provider: at the API that it goes by. */
final class SandboxRoads {

    private static final String ROUTES = "pims.sms.routes";

    private final ConfigSourceContext context;

    /**
     * @param context in which {@code pims.sms.routes} is, with provider and API of each road, where somebody set them
     */
    SandboxRoads(ConfigSourceContext context) {
        this.context = context;
    }

    /**
     * Returns the accounts and secrets, by the whole names of their settings. Without roads they are of the only one.
     */
    Map<String, Supplier<String>> accounts() {
        Map<String, Supplier<String>> settings = new HashMap<>();
        if (names().isEmpty()) {
            account(settings, "pims.sms.vonage", "pims.receipt");
        }
        names().forEach(name -> {
            if (goesByWebhook(name)) {
                settings.put(ROUTES + "." + name + ".webhook.secrets", () -> FakeVonage.WEBHOOK_SECRET);
            } else {
                account(settings, ROUTES + "." + name + ".vonage", ROUTES + "." + name + ".receipt");
            }
        });
        return settings;
    }

    private void account(Map<String, Supplier<String>> settings, String vonage, String receipt) {
        settings.put(vonage + ".api-key", () -> FakeVonage.API_KEY);
        settings.put(vonage + ".api-secret", () -> FakeVonage.API_SECRET);
        settings.put(receipt + ".secret", () -> FakeVonage.SIGNATURE_SECRET);
        if (goesByMessages(vonage)) {
            settings.put(vonage + ".application-id", () -> SandboxApplication.ID);
            settings.put(vonage + ".private-key", SandboxApplication::privateKey);
        }
    }

    /** Returns where each road goes to, by the whole names of their settings. */
    Map<String, Supplier<String>> addresses(Function<ProviderApi, URI> provider) {
        Map<String, Supplier<String>> settings = new HashMap<>();
        settings.put(
                "pims.sms.vonage.base-uri",
                () -> provider.apply(api("pims.sms.vonage")).toString());
        names().forEach(name -> {
            String vonage = ROUTES + "." + name + ".vonage";
            if (goesByWebhook(name)) {
                settings.put(
                        ROUTES + "." + name + ".webhook.url",
                        () -> provider.apply(ProviderApi.WEBHOOK) + ProviderApi.WEBHOOK.path());
            } else {
                settings.put(
                        vonage + ".base-uri", () -> provider.apply(api(vonage)).toString());
            }
        });
        return settings;
    }

    private List<String> names() {
        return Stream.of(value(ROUTES).orElse("").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private boolean goesByWebhook(String name) {
        return value(ROUTES + "." + name + ".provider")
                .filter("webhook"::equals)
                .isPresent();
    }

    private ProviderApi api(String vonage) {
        return goesByMessages(vonage) ? ProviderApi.MESSAGES : ProviderApi.SMS;
    }

    private boolean goesByMessages(String vonage) {
        return value(vonage + ".api").filter("messages"::equalsIgnoreCase).isPresent();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(context.getValue(name)).map(ConfigValue::getValue);
    }
}
