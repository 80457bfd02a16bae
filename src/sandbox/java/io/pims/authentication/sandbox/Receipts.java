package io.pims.authentication.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells the service what became of an SMS, as Vonage does with signed webhooks (HMAC-SHA-256): in turn by GET, by POST
 * with a form, and by POST with JSON; for the Messages API in the one form that it has. Unlike Vonage it tells each
 * once. What is not answered does not pile up: beyond {@value #MOST} under way, receipts are dropped.
 */
final class Receipts {

    static final int MOST = 1_000;

    private static final int CONNECTIONS = 4;
    private static final long DELAY_MS = 200;
    private static final long PATIENCE_MS = 5_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHORT_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);

    /** A number that ends so is taken, and its SMS then fails with that err-code. */
    private static final Pattern FAILING = Pattern.compile(".*9991(\\d\\d)");

    private final Vertx vertx;
    private final HttpClient http;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();
    private volatile Supplier<URI> webhook;

    Receipts(Vertx vertx) {
        this.vertx = vertx;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) PATIENCE_MS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    void tell(Supplier<URI> where) {
        webhook = where;
    }

    /** Sends the receipt a little later; nothing if nobody wants to be told. */
    void send(ProviderApi api, SubmittedSms sms, String messageId) {
        if (webhook == null || api == ProviderApi.WEBHOOK || underWay.get() >= MOST) {
            return;
        }
        underWay.incrementAndGet();
        vertx.setTimer(
                DELAY_MS, elapsed -> request(api, sms, messageId).onComplete(answered -> underWay.decrementAndGet()));
    }

    private Future<Void> request(ProviderApi api, SubmittedSms sms, String messageId) {
        if (api == ProviderApi.MESSAGES) {
            MessageStatus status = MessageStatus.of(sms, messageId, error(sms));
            RequestOptions to = new RequestOptions()
                    .setAbsoluteURI(webhook.get() + "/messages")
                    .setTimeout(PATIENCE_MS)
                    .setMethod(HttpMethod.POST)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Authorization", "Bearer " + status.token());
            return exchange(to, status.body());
        }
        return request(signed(receipt(sms, messageId)), sent.getAndIncrement());
    }

    private Future<Void> request(Map<String, String> parameters, long number) {
        RequestOptions to =
                new RequestOptions().setAbsoluteURI(webhook.get().toString()).setTimeout(PATIENCE_MS);
        return switch ((int) (number % 3)) {
            case 0 -> {
                to.setMethod(HttpMethod.GET).setURI(to.getURI() + "?" + encoded(parameters));
                yield exchange(to, Buffer.buffer());
            }
            case 1 -> {
                to.setMethod(HttpMethod.POST).putHeader("Content-Type", "application/x-www-form-urlencoded");
                yield exchange(to, Buffer.buffer(encoded(parameters)));
            }
            default -> {
                to.setMethod(HttpMethod.POST).putHeader("Content-Type", "application/json");
                yield exchange(to, new JsonObject(new LinkedHashMap<>(parameters)).toBuffer());
            }
        };
    }

    private Future<Void> exchange(RequestOptions to, Buffer body) {
        return http.request(to).compose(request -> request.send(body).compose(response -> response.end()));
    }

    private static Optional<Integer> error(SubmittedSms sms) {
        Matcher failing = FAILING.matcher(sms.to());
        return failing.matches() ? Optional.of(Integer.valueOf(failing.group(1))) : Optional.empty();
    }

    private static Map<String, String> receipt(SubmittedSms sms, String messageId) {
        Instant now = Instant.now();
        Optional<Integer> error = error(sms);
        Map<String, String> receipt = new TreeMap<>();
        receipt.put("msisdn", SubmittedSms.e164(sms.to()).substring(1));
        receipt.put("to", sms.from());
        receipt.put("network-code", "20801");
        receipt.put("messageId", messageId);
        receipt.put("price", "0.03330000");
        receipt.put("status", error.isPresent() ? "failed" : "delivered");
        receipt.put("err-code", Integer.toString(error.orElse(0)));
        receipt.put("scts", SHORT_TIME.format(now));
        receipt.put("api-key", FakeVonage.API_KEY);
        receipt.put("message-timestamp", TIME.format(now));
        receipt.put("timestamp", Long.toString(now.getEpochSecond()));
        receipt.put("nonce", UUID.randomUUID().toString());
        if (!sms.clientRef().isEmpty()) {
            receipt.put("client-ref", sms.clientRef());
        }
        return receipt;
    }

    /** Written anew and not taken from the service, so that each holds the other to Vonage's description. */
    private static Map<String, String> signed(Map<String, String> sorted) {
        String text = sorted.entrySet().stream()
                .map(entry -> "&" + entry.getKey() + "=" + entry.getValue().replaceAll("[&=]", "_"))
                .collect(Collectors.joining());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(FakeVonage.SIGNATURE_SECRET.getBytes(UTF_8), "HmacSHA256"));
            sorted.put("sig", HexFormat.of().withUpperCase().formatHex(mac.doFinal(text.getBytes(UTF_8))));
            return sorted;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
