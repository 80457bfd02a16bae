package io.pims.authentication.sms;

import io.pims.authentication.configuration.WrongSetting;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Senders by country, as they are set. */
final class Senders {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private Senders() {}

    /**
     * Returns them by upper case codes: what is set by an environment variable has a key in lower case.
     *
     * @param setting the name of the whole setting
     * @throws WrongSetting if a key is no country, or one is there twice
     */
    static Map<String, String> byCountry(String setting, Map<String, String> configured) {
        Map<String, String> senders = new HashMap<>();
        configured.forEach((key, sender) -> {
            String country = key.toUpperCase(Locale.ROOT);
            if (!isCountry(country)) {
                throw new WrongSetting(setting + "." + key, "is of no country of ISO 3166-1");
            }
            if (senders.put(country, sender) != null) {
                throw new WrongSetting(setting + "." + key, "is set twice");
            }
        });
        return Map.copyOf(senders);
    }

    /** Returns true for a code of ISO 3166-1, and for Kosovo's, which numbers have and that list has not. */
    static boolean isCountry(String code) {
        return COUNTRIES.contains(code) || code.equals("XK");
    }
}
