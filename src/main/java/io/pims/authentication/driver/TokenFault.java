package io.pims.authentication.driver;

import io.quarkus.oidc.OIDCException;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.InvalidAlgorithmException;
import org.jose4j.lang.InvalidKeyException;
import org.jose4j.lang.UnresolvableKeyException;

/** The reasons to refuse a token, for the log. They tell nothing out of the token, and no message of a library. */
enum TokenFault {
    NOT_A_JWT("no JWT"),
    ALGORITHM("algorithm not allowed"),
    UNKNOWN_KEY("signed by an unknown key"),
    KEYS_AWAY("unknown key, and the issuer's keys can't be fetched"),
    BAD_SIGNATURE("bad signature"),
    EXPIRED("expired"),
    NO_END("without exp"),
    NOT_YET_VALID("not yet valid"),
    ANOTHER_ISSUER("another issuer"),
    ANOTHER_AUDIENCE("another audience"),
    NO_SUBJECT("no usable sub"),
    MALFORMED_CLAIM("malformed claim"),
    ANOTHER_TYPE("no access token"),
    BOUND("bound to a key"),
    OTHER("another fault");

    private static final int MOST_CAUSES = 8;

    private final String text;

    TokenFault(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** Returns all faults that the check found, in words. */
    static String reason(Throwable refusal) {
        return of(refusal).stream().map(TokenFault::text).collect(Collectors.joining(", "));
    }

    /** @param refusal with the cause that the check of tokens gave it */
    static Set<TokenFault> of(Throwable refusal) {
        if (refusal.getCause() == null) {
            // The check did not get as far as the signature.
            return EnumSet.of(NOT_A_JWT);
        }
        boolean isAway = has(refusal, OIDCException.class) || has(refusal, IOException.class);
        return causes(refusal, InvalidJwtException.class)
                .findFirst()
                .map(TokenFault::of)
                .orElseGet(() -> EnumSet.of(isAway ? KEYS_AWAY : OTHER));
    }

    private static Set<TokenFault> of(InvalidJwtException invalid) {
        Set<TokenFault> faults = invalid.getErrorDetails().stream()
                .map(error -> of(error, invalid))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TokenFault.class)));
        return faults.isEmpty() ? EnumSet.of(OTHER) : faults;
    }

    private static TokenFault of(ErrorCodeValidator.Error error, InvalidJwtException invalid) {
        return switch (error.getErrorCode()) {
            case ErrorCodes.EXPIRED -> EXPIRED;
            case ErrorCodes.EXPIRATION_MISSING -> NO_END;
            case ErrorCodes.NOT_YET_VALID, ErrorCodes.ISSUED_AT_INVALID_FUTURE -> NOT_YET_VALID;
            case ErrorCodes.AUDIENCE_MISSING, ErrorCodes.AUDIENCE_INVALID -> ANOTHER_AUDIENCE;
            case ErrorCodes.ISSUER_MISSING, ErrorCodes.ISSUER_INVALID -> ANOTHER_ISSUER;
            case ErrorCodes.SUBJECT_MISSING, ErrorCodes.SUBJECT_INVALID -> NO_SUBJECT;
            case ErrorCodes.SIGNATURE_MISSING, ErrorCodes.SIGNATURE_INVALID -> BAD_SIGNATURE;
            case ErrorCodes.MALFORMED_CLAIM -> MALFORMED_CLAIM;
            case ErrorCodes.JSON_INVALID -> NOT_A_JWT;
            default -> unnumbered(error.getErrorMessage(), invalid);
        };
    }

    private static TokenFault unnumbered(String message, InvalidJwtException invalid) {
        if (has(invalid, UnresolvableKeyException.class) || has(invalid, InvalidKeyException.class)) {
            return UNKNOWN_KEY;
        }
        if (has(invalid, InvalidAlgorithmException.class)) {
            return ALGORITHM;
        }
        // Our own validator says the text of a fault.
        boolean isRead =
                invalid.getJwtContext() != null && invalid.getJwtContext().getJwtClaims() != null;
        return Arrays.stream(values())
                .filter(fault -> fault.text.equals(message))
                .findFirst()
                .orElse(isRead ? OTHER : NOT_A_JWT);
    }

    private static boolean has(Throwable failure, Class<?> type) {
        return causes(failure, type).findFirst().isPresent();
    }

    private static <T> Stream<T> causes(Throwable failure, Class<T> type) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(type::isInstance)
                .map(type::cast);
    }
}
