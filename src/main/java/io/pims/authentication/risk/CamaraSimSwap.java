package io.pims.authentication.risk;

import io.pims.authentication.risk.SimSwap.Kind;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * {@code check} of the <a href="https://github.com/camaraproject/SimSwap/blob/main/code/API_definitions/sim-swap.yaml">SIM Swap
 * API</a> of CAMARA, as operators and aggregators of the GSMA Open Gateway offer it, by a token of two parties: the number is in
 * the question.
 */
final class CamaraSimSwap implements NumberRisk {

    /** Of this number nothing is known. The last two are of versions before 1. */
    private static final Set<String> ABOUT_THE_NUMBER =
            Set.of("IDENTIFIER_NOT_FOUND", "SERVICE_NOT_APPLICABLE", "SIM_SWAP.UNKNOWN_PHONE_NUMBER", "NOT_SUPPORTED");

    /** The token endpoint refuses our client (RFC 6749, section 5.2). */
    private static final Set<String> ABOUT_US = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope");

    private static final String CORRELATOR = "x-correlator";
    private static final int UNAUTHENTICATED = 401;

    private final JsonPost check;
    private final AccessTokens tokens;
    private final long hours;
    private final Runnable close;

    /** @param close ends the tokens' connections */
    CamaraSimSwap(JsonPost check, AccessTokens tokens, Duration maxAge, Runnable close) {
        this.check = check;
        this.tokens = tokens;
        this.hours = maxAge.toHours();
        this.close = close;
    }

    @Override
    public Uni<SimSwap> simSwap(PhoneNumber number, UUID transaction) {
        JsonObject question = new JsonObject().put("phoneNumber", number.e164()).put("maxAge", hours);
        return tokens.token()
                .flatMap(token -> check.ask(token, Map.of(CORRELATOR, transaction.toString()), question, this::answer))
                .onFailure()
                .recoverWithItem(CamaraSimSwap::noToken);
    }

    private SimSwap answer(int status, Buffer body) {
        if (status == UNAUTHENTICATED) {
            tokens.refused();
        }
        JsonAnswer answer = new JsonAnswer(body);
        if (status == 200) {
            return answer.swapped("swapped", "HTTP 200");
        }
        String code = answer.code("code");
        return ABOUT_THE_NUMBER.contains(code)
                ? new SimSwap(Kind.UNKNOWN_NUMBER, "HTTP " + status + " " + code)
                : JsonAnswer.ofStatus(status, code);
    }

    /** Its message is what the token endpoint said, and not told: that may be anything. */
    private static SimSwap noToken(Throwable failure) {
        String said = String.valueOf(failure.getMessage());
        String error = new JsonAnswer(Buffer.buffer(said)).oneOf(ABOUT_US, "error");
        if (!error.isEmpty()) {
            return new SimSwap(Kind.MISCONFIGURED, "no token, " + error);
        }
        return new SimSwap(
                failure instanceof TimeoutException ? Kind.NO_ANSWER : Kind.FAULT,
                "no token, " + failure.getClass().getSimpleName());
    }

    @Override
    public void close() {
        check.close();
        close.run();
    }
}
