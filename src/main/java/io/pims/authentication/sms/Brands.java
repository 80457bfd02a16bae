package io.pims.authentication.sms;

import io.pims.authentication.configuration.WrongSetting;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The configured brands, every gap filled from the defaults. */
@ApplicationScoped
public class Brands {

    private static final Pattern INSIGNIFICANT = Pattern.compile("[^\\p{L}\\p{N}]");

    /**
     * @param key that it is configured and recorded under
     * @param name in GSM-7
     * @param senders by country, ISO 3166-1 alpha-2 in upper case
     */
    public record Brand(String key, String name, Optional<String> sender, Map<String, String> senders, String origin) {}

    private final Map<String, Brand> byKey = new TreeMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Brand fallback;

    /** @throws WrongSetting if the default brand is none of them, or two are called the same */
    public Brands(SmsConfig config) {
        config.brands().forEach((key, brand) -> {
            byKey.put(key, brand(config, key, brand));
            addName(key, key);
            addName(key, brand.name());
            brand.aliases().ifPresent(aliases -> aliases.forEach(alias -> addName(key, alias)));
        });
        fallback = keyOf(config.defaultBrand())
                .map(byKey::get)
                .orElseThrow(() -> new WrongSetting(
                        "pims.sms.default-brand",
                        "is '" + config.defaultBrand() + "', which is not among pims.sms.brands"));
    }

    private void addName(String key, String name) {
        String significant = significant(name);
        String other = significant.isEmpty() ? null : keys.putIfAbsent(significant, key);
        if (other != null && !other.equals(key)) {
            throw new WrongSetting(
                    "pims.sms.brands." + key + ".aliases",
                    "or its name or key has '" + name + "', which stands for the brand " + other + " already");
        }
    }

    private static Brand brand(SmsConfig config, String key, SmsConfig.Brand brand) {
        return new Brand(
                key,
                Gsm7.transliterate(brand.name()),
                brand.sender().or(config::sender),
                Senders.byCountry("pims.sms.brands." + key + ".senders", brand.senders()),
                brand.origin().orElseGet(config::origin));
    }

    /** Returns the letters and digits of a name, without case and accents. */
    private static String significant(String name) {
        return INSIGNIFICANT
                .matcher(Normalizer.normalize(name, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    /** Returns the key of the brand that a token names, by key, name or alias; empty for an unknown one. */
    public Optional<String> keyOf(String claim) {
        return Optional.ofNullable(keys.get(significant(claim)));
    }

    /** Returns a brand by its key; the default one for an unknown key, or null. */
    public Brand of(String key) {
        return key == null ? fallback : keyOf(key).map(byKey::get).orElse(fallback);
    }

    public Collection<Brand> all() {
        return byKey.values();
    }
}
