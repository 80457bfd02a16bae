package io.pims.authentication.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The bearer token of the requests that this replica sends to itself before it is ready: 256 random bits of the process, of a
 * driver who is made up and has no role. It is valid for as long as the replica rehearses. Other requests are refused meanwhile.
 */
@Singleton
public class RehearsalToken {

    /** Where the requests go to, and come from. */
    public static final String HERE = "127.0.0.1";

    private static final int BYTES = 32;
    private static final String BEARER = "Bearer ";

    private enum Phase {
        UNUSED,
        VALID,
        EXPIRED
    }

    private final String token;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.UNUSED);

    public RehearsalToken() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Returns the token, and lets it be valid until {@link #expire}. */
    public String issue() {
        phase.compareAndSet(Phase.UNUSED, Phase.VALID);
        return token;
    }

    /** Lets it be valid no more, and never again. What is under way with it is still known by it. */
    public void expire() {
        phase.set(Phase.EXPIRED);
    }

    public boolean isValid() {
        return phase.get() == Phase.VALID;
    }

    /** True if the request may pass before the replica is ready: it has the valid token, and is what the replica sends. */
    public boolean admits(HttpServerRequest request) {
        return isValid()
                && isOn(request)
                && request.method() == HttpMethod.POST
                && HERE.equals(request.connection().remoteAddress().hostAddress());
    }

    /** True if the request has the token, valid or not: it is of no driver, and is neither counted nor told to the log. */
    public boolean isOn(HttpServerRequest request) {
        return phase.get() != Phase.UNUSED && areEqual(BEARER + token, request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    /** True if the text is the token, valid or not. */
    public boolean is(String text) {
        return areEqual(token, text);
    }

    /** The length is no secret, and is another one of nearly all tokens of the issuer. */
    private static boolean areEqual(String secret, String text) {
        return text != null
                && text.length() == secret.length()
                && MessageDigest.isEqual(text.getBytes(US_ASCII), secret.getBytes(US_ASCII));
    }
}
