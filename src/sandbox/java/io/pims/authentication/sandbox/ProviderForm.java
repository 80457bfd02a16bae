package io.pims.authentication.sandbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** The form that requests and answers of one API have. */
interface ProviderForm {

    /** A whole answer. */
    record Reply(int status, String contentType, String body) {

        static Reply json(int status, JsonObject body) {
            return new Reply(status, "application/json", body.encode());
        }
    }

    /** Reads a request; what was not given is the empty text. */
    SubmittedSms read(HttpServerRequest request, String body);

    /** Returns true if the sender is the account that it says. */
    boolean isAuthentic(SubmittedSms sms, HttpServerRequest request, String body);

    Reply accepted(SubmittedSms sms, String messageId);

    /** @param status as the SMS API numbers it */
    Reply refused(SmsStatus status);
}
