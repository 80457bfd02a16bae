package io.pims.authentication.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.http.HttpHeaders;
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

    /** True if the request has the token, valid or not: it is of no driver, and is neither counted nor told to the log. */
    public boolean isOn(HttpServerRequest request) {
        return phase.get() != Phase.UNUSED && is(bearer(request));
    }

    /** True if the text is the token, valid or not. */
    public boolean is(String text) {
        return text != null && MessageDigest.isEqual(text.getBytes(US_ASCII), token.getBytes(US_ASCII));
    }

    private static String bearer(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : null;
    }
}
