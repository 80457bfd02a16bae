package io.pims.authentication.pincode;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The <a href="https://github.com/P-H-C/phc-string-format">PHC string</a> of an Argon2id tag:
 * {@code $argon2id$v=19$m=19456,t=2,p=1$salt$tag}, base64 without padding.
 */
record PhcString(Argon2id function, byte[] salt, byte[] tag) {

    /** Allows few digits only, so that a damaged row can't take the whole heap or an hour. */
    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=" + Argon2id.VERSION
            + "\\$m=([1-9][0-9]{0,5}),t=([1-9][0-9]?),p=([1-9][0-9]?)"
            + "\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{16,86})");

    /** @throws IllegalStateException if it is no such string; its text is not told */
    static PhcString parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("A stored PIN is no PHC string of Argon2id");
        }
        var function = new Argon2id(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        return new PhcString(function, decode(parts.group(4)), decode(parts.group(5)));
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException cut) {
            throw new IllegalStateException("A stored PIN is no PHC string of Argon2id");
        }
    }

    @Override
    public String toString() {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        Argon2id.VERSION,
                        function.memory(),
                        function.passes(),
                        function.lanes(),
                        base64.encodeToString(salt),
                        base64.encodeToString(tag));
    }
}
