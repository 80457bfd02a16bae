package io.pims.authentication.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pims.authentication.http.ApiException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Checks the token of
 * <a href="https://developer.vonage.com/en/getting-started/concepts/webhooks#validating-signed-webhooks">Vonage's
 * signed webhooks</a>: a JWT under the signature secret, which has the hash of the body in it. Vonage calls the hash
 * optional, as TLS keeps a body whole; but TLS ends at our gateway, and a token without it would do for any other body.
 *
 * <p>HS256 is pinned. Keys shorter than the 256 bits that RFC 7518, section 3.2, asks for are taken: Vonage's own
 * secrets are shorter, and refusing the key here would not make it longer there.
 */
final class WebhookToken {

    private static final String AUTHORIZATION = "Authorization";
    private static final String SCHEME = "Bearer ";
    private static final String HASH = "payload_hash";
    private static final AlgorithmConstraints HS256 =
            new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256);

    /** RFC 9110, section 11.4: the scheme in any case, blanks, and the token, which is in three parts here. */
    private static final Pattern BEARER =
            Pattern.compile("(?i:Bearer) +([A-Za-z0-9_-]{1,4096}(?:\\.[A-Za-z0-9_-]{1,8192}){2}) *");

    private static final Pattern SHA_256 = Pattern.compile("[0-9A-Fa-f]{64}");

    private final List<ReceiptSecret> secrets;
    private final Clock clock;

    /** @param secrets each with its window; any may have signed */
    WebhookToken(List<ReceiptSecret> secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Returns true if there is something that says to be a token, right or not. */
    static boolean isIn(List<String> authorization) {
        return authorization.stream().anyMatch(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()));
    }

    /**
     * Returns the roads whose secret signed the token, if all is right; mostly one.
     *
     * @param authorization all headers of that name
     * @throws ApiException 401, which names {@code Authorization} as missing or invalid; the log tells why
     */
    List<String> require(List<String> authorization, byte[] body) {
        if (authorization.isEmpty()) {
            throw ApiException.missing(AUTHORIZATION, 401).header("WWW-Authenticate", "Bearer");
        }
        Matcher bearer = BEARER.matcher(authorization.get(0));
        if (authorization.size() > 1 || !bearer.matches()) {
            throw refusal("no JWT");
        }
        try {
            JsonWebSignature signed = new JsonWebSignature();
            signed.setAlgorithmConstraints(HS256);
            signed.setDoKeyValidation(false);
            signed.setCompactSerialization(bearer.group(1));
            List<ReceiptSecret> signers = signers(signed);
            JwtClaims claims = JwtClaims.parse(signed.getPayload());
            List<String> roads = recent(claims.getIssuedAt(), signers);
            requireHash(claims.getClaimValueAsString(HASH), body);
            return roads;
        } catch (JoseException | InvalidJwtException | MalformedClaimException unreadable) {
            throw refusal("no JWT signed by HS256");
        }
    }

    private static ApiException refusal(String reason) {
        return ApiException.invalid(AUTHORIZATION, 401)
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                .because(reason);
    }

    private List<ReceiptSecret> signers(JsonWebSignature signed) throws JoseException {
        List<ReceiptSecret> signers = new ArrayList<>();
        for (ReceiptSecret each : secrets) {
            signed.setKey(key(each));
            if (signed.verifySignature()) {
                signers.add(each);
            }
        }
        if (signers.isEmpty()) {
            throw refusal("bad signature");
        }
        // The payload is given out only while a key is set that fits.
        signed.setKey(key(signers.get(0)));
        return signers;
    }

    private static HmacKey key(ReceiptSecret secret) {
        return new HmacKey(secret.secret().getBytes(UTF_8));
    }

    private List<String> recent(NumericDate issuedAt, List<ReceiptSecret> signers) {
        if (issuedAt == null) {
            throw refusal("without iat");
        }
        long now = clock.instant().getEpochSecond();
        List<String> roads = signers.stream()
                .filter(signer -> issuedAt.getValue() >= now - signer.window().toSeconds()
                        && issuedAt.getValue() <= now + signer.window().toSeconds())
                .map(ReceiptSecret::road)
                .toList();
        if (roads.isEmpty()) {
            throw refusal("of another time");
        }
        return roads;
    }

    private static void requireHash(String told, byte[] body) {
        if (told == null || !SHA_256.matcher(told).matches()) {
            throw refusal("without " + HASH);
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            if (!MessageDigest.isEqual(HexFormat.of().parseHex(told), hash)) {
                throw refusal("of another body");
            }
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
