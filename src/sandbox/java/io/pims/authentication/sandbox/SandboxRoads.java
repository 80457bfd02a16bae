package io.pims.authentication.sandbox;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Points each road to the phone at the fake provider: at the API that it goes by. A road that is named {@code sms},
 * {@code messages} or {@code webhook}, and has no provider, goes by the API of that name: so one setting is enough for
 * several roads.
 */
final class SandboxRoads {

    private static final String ROUTES = "pims.sms.routes";
    private static final String ONLY = "vonage";
    private static final String ONLY_SETTINGS = "pims.sms.vonage";

    private final Function<String, Optional<String>> setting;

    /**
     * A road, by the name that attempts and metrics have it by.
     *
     * @param api of the fake provider; several roads may go by the same one
     */
    record SandboxRoad(String name, ProviderApi api) {}

    /** @param setting gives {@code pims.sms.routes}, and provider and API of each road, where somebody set them */
    SandboxRoads(Function<String, Optional<String>> setting) {
        this.setting = setting;
    }

    /** Returns the roads in their order; without {@code pims.sms.routes} the only one. */
    List<SandboxRoad> inOrder() {
        List<SandboxRoad> named =
                names().stream().map(name -> new SandboxRoad(name, api(name))).toList();
        return named.isEmpty() ? List.of(new SandboxRoad(ONLY, vonageApi(ONLY_SETTINGS))) : named;
    }

    /**
     * Returns the accounts and secrets, by the whole names of their settings. Without roads they are of the only one.
     */
    Map<String, Supplier<String>> accounts() {
        Map<String, Supplier<String>> settings = new HashMap<>();
        if (names().isEmpty()) {
            account(settings, ONLY_SETTINGS, "pims.receipt", vonageApi(ONLY_SETTINGS));
        }
        names().forEach(name -> {
            ProviderApi api = api(name);
            if (isNamedAfterApi(name)) {
                provider(settings, name, api);
            }
            if (api == ProviderApi.WEBHOOK) {
                settings.put(road(name) + ".webhook.secrets", () -> FakeVonage.WEBHOOK_SECRET);
            } else {
                account(settings, road(name) + ".vonage", road(name) + ".receipt", api);
            }
        });
        return settings;
    }

    private static void provider(Map<String, Supplier<String>> settings, String name, ProviderApi api) {
        if (api == ProviderApi.WEBHOOK) {
            settings.put(road(name) + ".provider", api::word);
        } else {
            settings.put(road(name) + ".provider", () -> ONLY);
            settings.put(road(name) + ".vonage.api", api::word);
        }
    }

    private static void account(
            Map<String, Supplier<String>> settings, String vonage, String receipt, ProviderApi api) {
        settings.put(vonage + ".api-key", () -> FakeVonage.API_KEY);
        settings.put(vonage + ".api-secret", () -> FakeVonage.API_SECRET);
        settings.put(receipt + ".secret", () -> FakeVonage.SIGNATURE_SECRET);
        if (api == ProviderApi.MESSAGES) {
            settings.put(vonage + ".application-id", () -> SandboxApplication.ID);
            settings.put(vonage + ".private-key", SandboxApplication::privateKey);
        }
    }

    /** Returns where each road goes to, by the whole names of their settings. */
    Map<String, Supplier<String>> addresses(Function<ProviderApi, URI> provider) {
        Map<String, Supplier<String>> settings = new HashMap<>();
        if (names().isEmpty()) {
            settings.put(
                    ONLY_SETTINGS + ".base-uri",
                    () -> provider.apply(vonageApi(ONLY_SETTINGS)).toString());
        }
        names().forEach(name -> {
            ProviderApi api = api(name);
            if (api == ProviderApi.WEBHOOK) {
                settings.put(road(name) + ".webhook.url", () -> provider.apply(api) + api.path());
            } else {
                settings.put(
                        road(name) + ".vonage.base-uri",
                        () -> provider.apply(api).toString());
            }
        });
        return settings;
    }

    private List<String> names() {
        return Stream.of(setting.apply(ROUTES).orElse("").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String road(String name) {
        return ROUTES + "." + name;
    }

    private ProviderApi api(String name) {
        if (isNamedAfterApi(name)) {
            return ProviderApi.named(name).orElseThrow();
        }
        return setting.apply(road(name) + ".provider")
                        .filter(ProviderApi.WEBHOOK.word()::equals)
                        .isPresent()
                ? ProviderApi.WEBHOOK
                : vonageApi(road(name) + ".vonage");
    }

    private boolean isNamedAfterApi(String name) {
        return ProviderApi.named(name).isPresent()
                && setting.apply(road(name) + ".provider").isEmpty();
    }

    private ProviderApi vonageApi(String vonage) {
        return setting.apply(vonage + ".api")
                        .filter(ProviderApi.MESSAGES.word()::equalsIgnoreCase)
                        .isPresent()
                ? ProviderApi.MESSAGES
                : ProviderApi.SMS;
    }
}
