package io.pims.authentication.driver;

import jakarta.json.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A claim that is to be one text. Some issuers send a list of one, as Keycloak's multivalued mappers do. */
final class TextClaim {

    private static final int LONGEST = 64;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private TextClaim() {}

    /**
     * The text without blanks around it.
     *
     * @param claim as JSON has it: a text, or a list of exactly one
     * @return empty for whatever else there is: another shape, nothing but blanks, over 64 characters, control characters
     */
    static Optional<String> of(Object claim) {
        Object only = claim instanceof List<?> list && list.size() == 1 ? list.get(0) : claim;
        // Elements are left as the JSON library has them.
        String text =
                only instanceof JsonString element ? element.getString() : only instanceof String plain ? plain : "";
        return text.length() <= LONGEST
                        && !text.isBlank()
                        && !CONTROL.matcher(text).find()
                ? Optional.of(text.strip())
                : Optional.empty();
    }
}
