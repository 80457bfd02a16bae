package io.pims.authentication.driver;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The country of a driver, as a claim says. */
final class HomeRegion {

    /** For a claim that can't be read. ISO 3166-1 leaves this code to its users, and CLDR uses it so. */
    static final String UNKNOWN = "ZZ";

    private static final Pattern ALPHA_2 = Pattern.compile("[A-Za-z]{2}");

    /** Codes that the EU writes for countries which have another one in ISO 3166-1. */
    private static final Map<String, String> ALIASES = Map.of("UK", "GB", "EL", "GR");

    private HomeRegion() {}

    /**
     * Returns the region, ISO 3166-1 alpha-2 in upper case; empty if nothing is claimed. It is {@link #UNKNOWN} if the
     * claim can't be read: a number without its country would become a stranger's in the default region.
     */
    static Optional<String> of(Object claim) {
        return claim == null
                ? Optional.empty()
                : Optional.of(TextClaim.of(claim)
                        .filter(text -> ALPHA_2.matcher(text).matches())
                        .map(text -> text.toUpperCase(Locale.ROOT))
                        .map(code -> ALIASES.getOrDefault(code, code))
                        .orElse(UNKNOWN));
    }
}
