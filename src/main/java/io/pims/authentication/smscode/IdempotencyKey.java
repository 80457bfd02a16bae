package io.pims.authentication.smscode;

import io.pims.authentication.http.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Idempotency-Key} header (draft-ietf-httpapi-idempotency-key-header). Its quotes are optional here. */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("\"([\\x21\\x23-\\x7e]{1,255})\"|([\\x21\\x23-\\x7e]{1,255})");

    private IdempotencyKey() {}

    /**
     * Returns the key; empty without one.
     *
     * @param headers the values of all headers of that name
     * @throws ApiException 400 if it is malformed, over 255 characters, or there are two
     */
    static Optional<String> of(List<String> headers) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(headers.get(0));
        if (headers.size() > 1 || !form.matches()) {
            throw ApiException.invalid(HEADER);
        }
        return Optional.of(form.group(1) == null ? form.group(2) : form.group(1));
    }
}
