package io.pims.authentication.risk;

import io.pims.authentication.risk.SimSwap.Kind;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The insight {@code sim_swap} of Vonage's <a href="https://developer.vonage.com/en/api/identity-insights">Identity Insights
 * API</a>, version 1. The SDK does not have it (9.3.1), and the SIM Swap API that Vonage had before was switched off on 23
 * November 2025.
 */
final class VonageIdentityInsights implements NumberRisk {

    /** Below the base URI. */
    static final String PATH = "/identity-insights/v1/requests";

    private final JsonPost requests;
    private final Supplier<String> token;
    private final String purpose;
    private final long hours;

    /** @param token makes a JWT of the application; signs, and so takes some milliseconds */
    VonageIdentityInsights(JsonPost requests, Supplier<String> token, String purpose, Duration maxAge) {
        this.requests = requests;
        this.token = token;
        this.purpose = purpose;
        this.hours = maxAge.toHours();
    }

    @Override
    public Uni<SimSwap> simSwap(PhoneNumber number, UUID transaction) {
        JsonObject question = new JsonObject()
                .put("phone_number", number.e164())
                .put("purpose", purpose)
                .put("insights", new JsonObject().put("sim_swap", new JsonObject().put("period", hours)));
        return Uni.createFrom()
                .item(token)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(jwt -> requests.ask(jwt, Map.of(), question, VonageIdentityInsights::answer))
                .onFailure()
                .recoverWithItem(VonageIdentityInsights::notAsked);
    }

    /** Its message is not told: it may have a part of the key. */
    private static SimSwap notAsked(Throwable failure) {
        return new SimSwap(Kind.FAULT, failure.getClass().getSimpleName());
    }

    private static SimSwap answer(int status, Buffer body) {
        if (status != 200) {
            return JsonAnswer.ofStatus(status, "");
        }
        JsonAnswer insight = new JsonAnswer(body).object("insights").object("sim_swap");
        String code = insight.object("status").code("code");
        String detail = ("HTTP 200 " + code).strip();
        return switch (code) {
            case "OK", "PARTIAL_SUCCESS" -> insight.swapped("is_swapped", detail);
            case "NO_COVERAGE", "NOT_FOUND", "INVALID_NUMBER_FORMAT", "UNSUPPORTED_NETWORK_TYPE" ->
                new SimSwap(Kind.UNKNOWN_NUMBER, detail);
            case "UNAUTHORIZED", "INVALID_PURPOSE" -> new SimSwap(Kind.MISCONFIGURED, detail);
            default -> new SimSwap(Kind.FAULT, detail);
        };
    }

    @Override
    public void close() {
        requests.close();
    }
}
