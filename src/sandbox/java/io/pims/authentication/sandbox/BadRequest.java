package io.pims.authentication.sandbox;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The sandbox's own refusal: one line for the person who typed the request, not the API's envelope. */
final class BadRequest {

    private BadRequest() {}

    static Response because(String reason) {
        return Response.status(Response.Status.BAD_REQUEST)
                .type(MediaType.TEXT_PLAIN_TYPE)
                .entity(reason + "\n")
                .build();
    }
}
