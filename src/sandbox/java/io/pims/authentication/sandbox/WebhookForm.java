package io.pims.authentication.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A gateway of one's own, as somebody would write it: it checks the signature of
 * <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 * Webhooks</a>, and answers by HTTP status.
 */
final class WebhookForm implements ProviderForm {

    private static final long WINDOW_S = 300;

    @Override
    public SubmittedSms read(HttpServerRequest request, String body) {
        return SubmittedSms.json("", body, "clientRef");
    }

    @Override
    public boolean isAuthentic(SubmittedSms sms, HttpServerRequest request, String body) {
        String id = header(request, "webhook-id");
        String timestamp = header(request, "webhook-timestamp");
        String right = "v1," + signature(id + "." + timestamp + "." + body);
        return id.equals(sms.clientRef())
                && !id.isEmpty()
                && isRecent(timestamp)
                && Arrays.asList(header(request, "webhook-signature").split(" "))
                        .contains(right);
    }

    private static String header(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    private static boolean isRecent(String timestamp) {
        return timestamp.matches("[0-9]{1,11}")
                && Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) <= WINDOW_S;
    }

    private static String signature(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(FakeVonage.WEBHOOK_SECRET.substring("whsec_".length()));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Reply accepted(SubmittedSms sms, String messageId) {
        return Reply.json(200, new JsonObject().put("messageId", messageId));
    }

    @Override
    public Reply refused(SmsStatus status) {
        int http =
                switch (status) {
                    case THROTTLED, TOO_MANY_EXISTING_BINDS -> 429;
                    case INTERNAL_ERROR -> 503;
                    case INVALID_CREDENTIALS, INVALID_SIGNATURE -> 401;
                    case PARTNER_ACCOUNT_BARRED, PARTNER_QUOTA_VIOLATION, ACCOUNT_NOT_ENABLED_FOR_HTTP -> 403;
                    default -> 422;
                };
        return Reply.json(http, new JsonObject().put("error", status.text()));
    }
}
