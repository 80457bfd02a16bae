package io.pims.authentication.sandbox;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code POST /sms/json}, behaving as the settings say at the moment of the request. */
final class SmsEndpoint implements Handler<HttpServerRequest> {

    private final Vertx vertx;
    private final Supplier<ProviderSettings> settings;
    private final Inbox inbox;
    private final Receipts receipts;
    private final Consumer<Submission> log;

    SmsEndpoint(
            Vertx vertx,
            Supplier<ProviderSettings> settings,
            Inbox inbox,
            Receipts receipts,
            Consumer<Submission> log) {
        this.vertx = vertx;
        this.settings = settings;
        this.inbox = inbox;
        this.receipts = receipts;
        this.log = log;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!request.path().equals("/sms/json") || request.method() != HttpMethod.POST) {
            request.response().setStatusCode(404).end();
            return;
        }
        ProviderSettings now = settings.get();
        request.setExpectMultipart(true)
                .exceptionHandler(broken -> request.connection().close())
                .endHandler(complete -> answer(request, now));
    }

    private void answer(HttpServerRequest request, ProviderSettings now) {
        HttpServerResponse response = request.response();
        SubmittedSms sms = SubmittedSms.in(request);
        JsonObject body =
                switch (now.behaviour()) {
                    case NORMAL, SLOW, HALF -> submit(sms, now.receipts());
                    default -> null;
                };
        log.accept(new Submission(
                Instant.now(),
                SubmittedSms.e164(sms.to()),
                sms.text(),
                sms.clientRef(),
                now.behaviour(),
                messageId(body)));
        Runnable answer =
                switch (now.behaviour()) {
                    case NORMAL, SLOW -> () -> json(response, body);
                    case HALF -> () -> half(request, body);
                    case REFUSE -> () -> json(response, refusal(SmsStatus.INVALID_MESSAGE));
                    case THROTTLE -> () -> json(response, refusal(SmsStatus.THROTTLED));
                    case BAD_CREDENTIALS -> () -> json(response, refusal(SmsStatus.INVALID_CREDENTIALS));
                    case ERROR -> () -> response.setStatusCode(503).end("Service Unavailable");
                    case GARBAGE ->
                        () -> response.putHeader("Content-Type", "text/html").end("<html>It works!</html>");
                    case HANG, UNREACHABLE -> () -> {};
                };
        if (now.delayMs() == 0) {
            answer.run();
        } else {
            vertx.setTimer(now.delayMs(), elapsed -> answer.run());
        }
    }

    private static String messageId(JsonObject body) {
        return body == null
                ? null
                : body.getJsonArray("messages").getJsonObject(0).getString("message-id");
    }

    private JsonObject submit(SubmittedSms sms, boolean withReceipt) {
        if (!sms.isFrom(FakeVonage.API_KEY, FakeVonage.API_SECRET)) {
            return refusal(SmsStatus.INVALID_CREDENTIALS);
        }
        if (!sms.isComplete()) {
            return refusal(SmsStatus.MISSING_PARAMETERS);
        }
        return SmsStatus.provokedBy(sms.to()).map(SmsEndpoint::refusal).orElseGet(() -> accept(sms, withReceipt));
    }

    private JsonObject accept(SubmittedSms sms, boolean withReceipt) {
        String messageId = UUID.randomUUID().toString();
        inbox.add(sms.receivedAt(Instant.now()));
        if (withReceipt) {
            receipts.send(sms, messageId);
        }
        JsonObject message = new JsonObject()
                .put("to", sms.to())
                .put("message-id", messageId)
                .put("status", "0")
                .put("remaining-balance", "3.14159265")
                .put("message-price", "0.03330000")
                .put("network", "20801");
        if (!sms.clientRef().isEmpty()) {
            message.put("client-ref", sms.clientRef());
        }
        return envelope(message);
    }

    private static JsonObject refusal(SmsStatus status) {
        return envelope(
                new JsonObject().put("status", Integer.toString(status.code())).put("error-text", status.text()));
    }

    private static JsonObject envelope(JsonObject message) {
        return new JsonObject().put("message-count", "1").put("messages", JsonArray.of(message));
    }

    private static void json(HttpServerResponse response, JsonObject body) {
        if (!response.closed()) {
            response.putHeader("Content-Type", "application/json").end(body.encode());
        }
    }

    private static void half(HttpServerRequest request, JsonObject body) {
        String text = body.encode();
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", Integer.toString(text.length()))
                .write(text.substring(0, text.length() / 2))
                .onComplete(written -> request.connection().close());
    }
}
