package io.pims.authentication.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pims.authentication.sandbox.ProviderForm.Reply;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Takes SMS at the path of each API, behaving as that one's settings say at the moment of the request. */
final class ProviderEndpoint implements Handler<HttpServerRequest> {

    private static final Map<ProviderApi, ProviderForm> FORMS = Map.of(
            ProviderApi.SMS, new SmsForm(),
            ProviderApi.MESSAGES, new MessagesForm(),
            ProviderApi.WEBHOOK, new WebhookForm());

    private final Vertx vertx;
    private final Function<ProviderApi, ProviderSettings> settings;
    private final Inbox inbox;
    private final Receipts receipts;
    private final Consumer<Submission> log;

    /** @param settings asked once a request, before its body is there */
    ProviderEndpoint(
            Vertx vertx,
            Function<ProviderApi, ProviderSettings> settings,
            Inbox inbox,
            Receipts receipts,
            Consumer<Submission> log) {
        this.vertx = vertx;
        this.settings = settings;
        this.inbox = inbox;
        this.receipts = receipts;
        this.log = log;
    }

    /** What became of an SMS: its id if it was taken, and what the sender is to be told. */
    private record Outcome(String messageId, Reply reply) {}

    @Override
    public void handle(HttpServerRequest request) {
        ProviderApi api = ProviderApi.at(request.path()).orElse(null);
        if (api == null || request.method() != HttpMethod.POST) {
            request.response().setStatusCode(404).end();
            return;
        }
        ProviderSettings now = settings.apply(api);
        request.exceptionHandler(broken -> request.connection().close());
        request.body().onSuccess(body -> answer(api, request, body.toString(UTF_8), now));
    }

    private void answer(ProviderApi api, HttpServerRequest request, String body, ProviderSettings now) {
        ProviderForm form = FORMS.get(api);
        SubmittedSms sms = form.read(request, body);
        Outcome outcome =
                switch (now.behaviour()) {
                    case NORMAL, SLOW, HALF -> submit(api, sms, form.isAuthentic(sms, request, body), now.receipts());
                    case REFUSE -> new Outcome(null, form.refused(SmsStatus.INVALID_MESSAGE));
                    case THROTTLE -> new Outcome(null, form.refused(SmsStatus.THROTTLED));
                    case BAD_CREDENTIALS -> new Outcome(null, form.refused(SmsStatus.INVALID_CREDENTIALS));
                    case ERROR -> new Outcome(null, new Reply(503, "text/plain", "Service Unavailable"));
                    case GARBAGE -> new Outcome(null, new Reply(200, "text/html", "<html>It works!</html>"));
                    case HANG, UNREACHABLE -> new Outcome(null, null);
                };
        log.accept(new Submission(
                Instant.now(),
                SubmittedSms.e164(sms.to()),
                sms.text(),
                sms.clientRef(),
                now.behaviour(),
                outcome.messageId(),
                api));
        Runnable answer =
                switch (now.behaviour()) {
                    case HANG -> () -> {};
                    case UNREACHABLE -> () -> request.connection().close();
                    case HALF -> () -> half(request, outcome.reply());
                    default -> () -> whole(request.response(), outcome.reply());
                };
        if (now.delayMs() == 0) {
            answer.run();
        } else {
            vertx.setTimer(now.delayMs(), elapsed -> answer.run());
        }
    }

    private Outcome submit(ProviderApi api, SubmittedSms sms, boolean authentic, boolean withReceipt) {
        ProviderForm form = FORMS.get(api);
        if (!authentic) {
            return new Outcome(null, form.refused(SmsStatus.INVALID_CREDENTIALS));
        }
        if (!sms.isComplete()) {
            return new Outcome(null, form.refused(SmsStatus.MISSING_PARAMETERS));
        }
        return SmsStatus.provokedBy(sms.to())
                .map(status -> new Outcome(null, form.refused(status)))
                .orElseGet(() -> accept(api, sms, withReceipt));
    }

    private Outcome accept(ProviderApi api, SubmittedSms sms, boolean withReceipt) {
        String messageId = UUID.randomUUID().toString();
        inbox.add(sms.receivedAt(Instant.now(), api));
        if (withReceipt) {
            receipts.send(api, sms, messageId);
        }
        return new Outcome(messageId, FORMS.get(api).accepted(sms, messageId));
    }

    private static void whole(HttpServerResponse response, Reply reply) {
        if (!response.closed()) {
            response.setStatusCode(reply.status())
                    .putHeader("Content-Type", reply.contentType())
                    .end(reply.body());
        }
    }

    private static void half(HttpServerRequest request, Reply reply) {
        String text = reply.body();
        request.response()
                .setStatusCode(reply.status())
                .putHeader("Content-Type", reply.contentType())
                .putHeader("Content-Length", Integer.toString(text.length()))
                .write(text.substring(0, text.length() / 2))
                .onComplete(written -> request.connection().close());
    }
}
