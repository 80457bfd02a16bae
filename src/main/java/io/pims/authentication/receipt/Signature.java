package io.pims.authentication.receipt;

import io.pims.authentication.http.ApiException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Checks <a href="https://developer.vonage.com/en/getting-started/concepts/signing-messages">Vonage's signature</a>. It
 * is over all parameters but itself, sorted by name, each as {@code &name=value} with {@code &} and {@code =} replaced
 * by {@code _}.
 */
final class Signature {

    private static final String SIG = "sig";
    private static final String TIMESTAMP = "timestamp";
    private static final Pattern HEX = Pattern.compile("([0-9a-fA-F]{2}){1,64}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final Pattern SEPARATOR = Pattern.compile("[&=]");

    private final List<ReceiptSecret> secrets;
    private final Clock clock;

    /** @param secrets each with its method and window; any may have signed */
    Signature(List<ReceiptSecret> secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Returns the roads whose secret signed the parameters, now; mostly one.
     *
     * @throws ApiException 401, which names {@code sig} or {@code timestamp} as missing or invalid
     */
    List<String> require(SortedMap<String, String> parameters) {
        if (!parameters.containsKey(SIG)) {
            throw challenged(ApiException.missing(SIG, 401));
        }
        List<ReceiptSecret> signers =
                secrets.stream().filter(secret -> isRight(secret, parameters)).toList();
        if (signers.isEmpty()) {
            throw challenged(ApiException.invalid(SIG, 401));
        }
        if (!parameters.containsKey(TIMESTAMP)) {
            throw challenged(ApiException.missing(TIMESTAMP, 401));
        }
        List<String> roads = signers.stream()
                .filter(signer -> isRecent(signer, parameters.get(TIMESTAMP)))
                .map(ReceiptSecret::road)
                .toList();
        if (roads.isEmpty()) {
            throw challenged(ApiException.invalid(TIMESTAMP, 401));
        }
        return roads;
    }

    /** RFC 9110, section 11.6.1, asks for a challenge. Vonage's scheme has no registered name. */
    private static ApiException challenged(ApiException refusal) {
        return refusal.header("WWW-Authenticate", "Vonage-Signature");
    }

    /** Vonage's libraries differ in signing parameters without a value. Either is accepted: these say nothing. */
    private static boolean isRight(ReceiptSecret secret, SortedMap<String, String> parameters) {
        String sig = parameters.get(SIG);
        if (!HEX.matcher(sig).matches()) {
            return false;
        }
        byte[] given = HexFormat.of().parseHex(sig);
        return MessageDigest.isEqual(given, sign(secret, parameters, value -> !value.isBlank()))
                | MessageDigest.isEqual(given, sign(secret, parameters, value -> true));
    }

    private static byte[] sign(ReceiptSecret secret, SortedMap<String, String> parameters, Predicate<String> signed) {
        StringBuilder text = new StringBuilder();
        parameters.forEach((name, value) -> {
            if (!name.equals(SIG) && signed.test(value)) {
                text.append('&').append(name).append('=');
                text.append(SEPARATOR.matcher(value).replaceAll("_"));
            }
        });
        try {
            return secret.method().sign(text.toString(), secret.secret());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private boolean isRecent(ReceiptSecret signer, String timestamp) {
        if (!SECONDS.matcher(timestamp).matches()) {
            return false;
        }
        Instant signedAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
        Duration distance = Duration.between(signedAt, clock.instant()).abs();
        return distance.compareTo(signer.window()) <= 0;
    }
}
