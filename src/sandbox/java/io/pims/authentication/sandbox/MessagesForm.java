package io.pims.authentication.sandbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Vonage's <a href="https://developer.vonage.com/en/api/messages">Messages API</a>: JSON, HTTP 202, and problem
 * documents.
 */
final class MessagesForm implements ProviderForm {

    private static final String ERRORS = "https://developer.vonage.com/api-errors/messages#";
    private static final String GENERIC_ERRORS = "https://developer.vonage.com/api-errors#";

    /** The codes that say the same as a status of the SMS API, by that one's number. */
    private static final Map<Integer, Integer> CODES = Map.ofEntries(
            Map.entry(1, 1000),
            Map.entry(2, 1010),
            Map.entry(3, 1020),
            Map.entry(5, 1030),
            Map.entry(6, 1040),
            Map.entry(7, 1050),
            Map.entry(8, 1060),
            Map.entry(9, 1070),
            Map.entry(10, 1000),
            Map.entry(11, 1080),
            Map.entry(12, 1090),
            Map.entry(14, 1110),
            Map.entry(15, 1120),
            Map.entry(22, 1170),
            Map.entry(23, 1020),
            Map.entry(29, 1160),
            Map.entry(32, 1140),
            Map.entry(33, 1190));

    @Override
    public SubmittedSms read(HttpServerRequest request, String body) {
        return SubmittedSms.json(SubmittedSms.basic(request).orElse(""), body, "client_ref");
    }

    @Override
    public boolean isAuthentic(SubmittedSms sms, HttpServerRequest request, String body) {
        return sms.isFrom(FakeVonage.API_KEY, FakeVonage.API_SECRET) || SandboxApplication.signed(request);
    }

    @Override
    public Reply accepted(SubmittedSms sms, String messageId) {
        return Reply.json(202, new JsonObject().put("message_uuid", messageId));
    }

    @Override
    public Reply refused(SmsStatus status) {
        if (status == SmsStatus.INVALID_CREDENTIALS) {
            return problem(401, GENERIC_ERRORS + "unauthorized", status);
        }
        int code = CODES.get(status.code());
        int http =
                switch (code) {
                    case 1000 -> 429;
                    case 1030 -> 500;
                    case 1060, 1080, 1140 -> 403;
                    case 1070 -> 402;
                    case 1110 -> 401;
                    default -> 422;
                };
        return problem(http, ERRORS + code, status);
    }

    private static Reply problem(int http, String type, SmsStatus status) {
        JsonObject problem = new JsonObject()
                .put("type", type)
                .put("title", status.text())
                .put("detail", status.text())
                .put("instance", "sandbox");
        return new Reply(http, "application/problem+json", problem.encode());
    }
}
