package io.pims.authentication.sms.vonage;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.Roads;
import io.pims.authentication.sms.RoutesConfig;
import io.pims.authentication.sms.SmsProvider;
import io.pims.authentication.sms.SmsSender;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Vonage, by the account of each road. */
@ApplicationScoped
public class VonageProvider implements SmsProvider {

    private static final String NAME = "vonage";
    private static final String ONLY = "pims.sms.vonage";

    /** The defaults of {@link VonageConfig}: they are no different from not set, and nothing is lost with them. */
    private static final VonageApi API = VonageApi.SMS;

    private static final int CLIENTS = 8;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(4);

    private final VonageConfig only;
    private final VonageRoutesConfig routes;
    private final boolean named;
    private final List<VonageSmsSender> made = new CopyOnWriteArrayList<>();

    /** @throws WrongSetting if there are roads, and settings of none of them, or of one by another provider */
    public VonageProvider(VonageConfig only, RoutesConfig roads, VonageRoutesConfig routes) {
        this.only = only;
        this.routes = routes;
        this.named = roads.names().isPresent();
        Roads.requireKnown(roads, routes.roads().keySet());
        if (named) {
            requireNone("api-key", only.apiKey().isPresent());
            requireNone("api-secret", only.apiSecret().isPresent());
            requireNone("application-id", only.applicationId().isPresent());
            requireNone("private-key", only.privateKey().isPresent());
            requireNone("base-uri", only.baseUri().isPresent());
            requireNone("api", only.api() != API);
            requireNone("clients", only.clients() != CLIENTS);
            requireNone("connect-timeout", !only.connectTimeout().equals(CONNECT_TIMEOUT));
            requireNone("read-timeout", !only.readTimeout().equals(READ_TIMEOUT));
        }
        routes.roads().forEach((road, route) -> {
            if (route.vonage().isPresent()) {
                Roads.requireProvider(roads, road, "vonage", NAME);
            }
        });
    }

    private static void requireNone(String setting, boolean set) {
        Roads.requireNone(ONLY + "." + setting, "vonage." + setting, set);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SmsSender sender(String road) {
        VonageSmsSender sender = named ? named(road) : new VonageSmsSender(road, ONLY, only);
        made.add(sender);
        return sender;
    }

    private VonageSmsSender named(String road) {
        String setting = "pims.sms.routes." + road + ".vonage";
        VonageConfig config = Optional.ofNullable(routes.roads().get(road))
                .flatMap(VonageRoutesConfig.Route::vonage)
                .orElseThrow(() -> new WrongSetting(setting + ".api-key", "is missing"));
        if (config.api() == VonageApi.SMS) {
            require(setting + ".api-key", config.apiKey());
            require(setting + ".api-secret", config.apiSecret());
        } else if (config.apiKey().isEmpty()) {
            require(setting + ".application-id", config.applicationId());
        }
        return new VonageSmsSender(road, setting, config);
    }

    private static void require(String setting, Optional<String> value) {
        if (value.isEmpty()) {
            throw new WrongSetting(setting, "is missing");
        }
    }

    @PreDestroy
    void close() throws InterruptedException, IOException {
        for (VonageSmsSender sender : made) {
            sender.close();
        }
    }
}
