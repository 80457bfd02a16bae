package io.pims.authentication.smscode;

import io.pims.authentication.message.ApiException;
import io.pims.authentication.transaction.Idempotency;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Idempotency-Key} header (draft-ietf-httpapi-idempotency-key-header), its quotes being optional here. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("\"([\\x21\\x23-\\x7e]{1,255})\"|([\\x21\\x23-\\x7e]{1,255})");

    private IdempotencyKey() {}

    /**
     * The key and what it stands for.
     *
     * @param headers the values of all headers of that name
     * @param asked what makes two requests the same
     * @throws ApiException 400 if it is malformed, over 255 characters, or there are two
     */
    static Optional<Idempotency> of(List<String> headers, String... asked) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(headers.get(0));
        if (headers.size() > 1 || !form.matches()) {
            throw ApiException.invalid(HEADER);
        }
        String key = form.group(1) == null ? form.group(2) : form.group(1);
        return Optional.of(new Idempotency(key, sha256(String.join("\n", asked))));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
