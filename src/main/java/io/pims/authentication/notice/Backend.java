package io.pims.authentication.notice;

import io.pims.authentication.configuration.EncryptedAddress;
import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.webhook.WebhookClient;
import io.pims.authentication.webhook.WebhookClient.Times;
import io.pims.authentication.webhook.WebhookResult;
import io.pims.authentication.webhook.WebhookSignature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The operator's backend, which events are posted to. */
final class Backend implements AutoCloseable {

    private static final String URL = "pims.notice.webhook.url";
    private static final String SECRETS = "pims.notice.webhook.secrets";

    private final WebhookClient client;
    private final Times times;

    private Backend(NoticeConfig config, Vertx vertx, Clock clock) {
        String url = config.url().orElseThrow().toString();
        EncryptedAddress.require(URL, url);
        List<String> secrets = config.secrets().orElseThrow(() -> new WrongSetting(SECRETS, "is missing"));
        this.times = new Times(config.connectTimeout(), config.readTimeout());
        this.client = new WebhookClient(
                config.url().get(), new WebhookSignature(SECRETS, secrets), config.connections(), times, vertx, clock);
    }

    /**
     * Returns the backend that is set, if one is.
     *
     * @throws WrongSetting if its address or a secret is malformed, or one is there without the other
     */
    static Optional<Backend> of(NoticeConfig config, Vertx vertx, Clock clock) {
        if (config.url().isEmpty() && config.secrets().isPresent()) {
            throw new WrongSetting(URL, "is missing");
        }
        return config.url().map(url -> new Backend(config, vertx, clock));
    }

    /** @param wanted asked last: if false, nothing leaves */
    Uni<WebhookResult> post(WaitingNotice notice, BooleanSupplier wanted) {
        return client.post(notice.event().toString(), notice.json(), wanted);
    }

    /** Returns how long a turn must last: a call, and the statement that ends it. */
    Duration lease() {
        return times.longestCall().plus(Duration.ofSeconds(10));
    }

    /** Returns for how long an event that has left may be on its way. */
    Duration longestAnswer() {
        return times.read();
    }

    @Override
    public void close() {
        client.close();
    }
}
