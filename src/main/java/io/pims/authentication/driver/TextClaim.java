package io.pims.authentication.driver;

import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A claim that is one text. Some issuers send a list of one, as Keycloak's multivalued mappers do. */
final class TextClaim {

    /** In characters. */
    private static final int LONGEST = 64;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private TextClaim() {}

    /**
     * Returns the text without blanks around it; empty for another shape, a blank one, over 64 characters or with
     * control characters.
     *
     * @param claim as JSON has it: a text, or a list of exactly one
     */
    static Optional<String> of(Object claim) {
        Object only = claim instanceof List<?> list && list.size() == 1 ? list.get(0) : claim;
        // The parser leaves the elements of a list as the JSON library has them.
        String text =
                only instanceof JsonString element ? element.getString() : only instanceof String plain ? plain : "";
        return text.length() <= LONGEST
                        && !text.isBlank()
                        && !CONTROL.matcher(text).find()
                ? Optional.of(text.strip())
                : Optional.empty();
    }
}
