package io.pims.authentication.sms.webhook;

import io.pims.authentication.configuration.EncryptedAddress;
import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.Roads;
import io.pims.authentication.sms.RoutesConfig;
import io.pims.authentication.sms.SmsProvider;
import io.pims.authentication.sms.SmsSender;
import io.pims.authentication.webhook.WebhookSignature;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gateways, one for each road. */
@ApplicationScoped
public class WebhookProvider implements SmsProvider {

    private static final String NAME = "webhook";

    private final WebhookRoutesConfig routes;
    private final Vertx vertx;
    private final Clock clock;
    private final List<WebhookSmsSender> made = new CopyOnWriteArrayList<>();

    /** @throws WrongSetting if a gateway is that of no road, or of one by another provider */
    public WebhookProvider(RoutesConfig roads, WebhookRoutesConfig routes, Vertx vertx, Clock clock) {
        this.routes = routes;
        this.vertx = vertx;
        this.clock = clock;
        Roads.requireKnown(roads, routes.roads().keySet());
        routes.roads().forEach((road, route) -> {
            if (route.webhook().isPresent()) {
                Roads.requireProvider(roads, road, "webhook", NAME);
            }
        });
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SmsSender sender(String road) {
        String setting = "pims.sms.routes." + road + ".webhook";
        Optional<WebhookConfig> config =
                Optional.ofNullable(routes.roads().get(road)).flatMap(WebhookRoutesConfig.Route::webhook);
        URI url = required(setting + ".url", config.flatMap(WebhookConfig::url));
        EncryptedAddress.require(setting + ".url", url.toString());
        List<String> secrets = required(setting + ".secrets", config.flatMap(WebhookConfig::secrets));
        WebhookSignature signature = new WebhookSignature(setting + ".secrets", secrets);
        WebhookSmsSender sender = new WebhookSmsSender(url, signature, config.orElseThrow(), vertx, clock);
        made.add(sender);
        return sender;
    }

    private static <T> T required(String setting, Optional<T> value) {
        return value.orElseThrow(() -> new WrongSetting(setting, "is missing"));
    }

    @PreDestroy
    void close() {
        made.forEach(WebhookSmsSender::close);
    }
}
