package io.pims.authentication.sms.webhook;

import io.pims.authentication.sms.SendPermit;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsSender;
import io.pims.authentication.webhook.WebhookClient;
import io.pims.authentication.webhook.WebhookClient.Times;
import io.pims.authentication.webhook.WebhookSignature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/**
 * Posts each SMS to a gateway. There are as many connections as calls, and nothing queues here: one more is answered "try
 * later".
 */
final class WebhookSmsSender implements SmsSender, AutoCloseable {

    private final WebhookClient client;
    private final Times times;
    private final int concurrency;

    WebhookSmsSender(URI url, WebhookSignature signature, WebhookConfig config, Vertx vertx, Clock clock) {
        this.concurrency = config.clients();
        this.times = new Times(config.connectTimeout(), config.readTimeout());
        this.client = new WebhookClient(url, signature, concurrency, times, vertx, clock);
    }

    @Override
    public Uni<SmsOutcome> send(Sms sms, SendPermit permit) {
        return client.post(sms.clientRef(), WebhookMessage.of(sms), () -> permit.lasts(times.read()))
                .map(WebhookOutcomes::of);
    }

    /** True: a road without a gateway stops the start. */
    @Override
    public boolean configured() {
        return true;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public Duration longestCall() {
        return times.longestCall();
    }

    @Override
    public void close() {
        client.close();
    }
}
