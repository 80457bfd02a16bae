package io.pims.authentication.sms;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The configured brands, every gap filled from the defaults. */
@ApplicationScoped
public class Brands {

    /** @param name in GSM-7 */
    public record Brand(String name, Optional<String> sender, String origin) {}

    private final Map<String, Brand> byClaim = new HashMap<>();
    private final Brand fallback;

    public Brands(SmsConfig config) {
        config.brands().forEach((claim, brand) -> byClaim.put(claim.toLowerCase(Locale.ROOT), brand(config, brand)));
        fallback = byClaim.get(config.defaultBrand().toLowerCase(Locale.ROOT));
        if (fallback == null) {
            throw new IllegalArgumentException(
                    "pims.sms.default-brand=" + config.defaultBrand() + " is not among pims.sms.brands");
        }
    }

    private static Brand brand(SmsConfig config, SmsConfig.Brand brand) {
        return new Brand(
                Gsm7.transliterate(brand.name()),
                brand.sender().or(config::sender),
                brand.origin().orElseGet(config::origin));
    }

    /** The brand that a token claims; the default one for an unknown claim, or none (null). */
    public Brand of(String claim) {
        return claim == null ? fallback : byClaim.getOrDefault(claim.toLowerCase(Locale.ROOT), fallback);
    }

    public Collection<Brand> all() {
        return byClaim.values();
    }
}
