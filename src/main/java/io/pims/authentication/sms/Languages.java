package io.pims.authentication.sms;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;

/** Chooses the language of an SMS (RFC 9110, 12.5.4; lookup after RFC 4647, 3.4). */
@ApplicationScoped
public class Languages {

    /** The languages that there are texts in; the drivers' countries decide the list. */
    public static final List<String> SUPPORTED = List.of(SmsConfig.LANGUAGE.split("\\|"));

    /** Longer than any phone sends; the JDK expands ranges, so that length is work. */
    private static final int LONGEST_HEADER = 256;

    private final String fallback;

    public Languages(SmsConfig config) {
        fallback = config.defaultLanguage();
    }

    /** The best language for an {@code Accept-Language} header; the default one if it is missing or not readable. */
    public String negotiate(String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > LONGEST_HEADER) {
            return fallback;
        }
        try {
            return orFallback(Locale.lookupTag(LanguageRange.parse(acceptLanguage), SUPPORTED));
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            // The latter is the JDK's for "-", against its documentation.
            return fallback;
        }
    }

    /** The given language if there are texts in it, else the default one. */
    public String orFallback(String language) {
        return language != null && SUPPORTED.contains(language) ? language : fallback;
    }
}
