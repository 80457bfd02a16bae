package io.pims.authentication.sms;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterResourceBundle;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * Composes what the driver reads, always one GSM-7 segment. The last line binds the code to the brand's host for
 * autofill (<a href="https://wicg.github.io/sms-one-time-codes/">WICG, Origin-bound one-time codes</a>); that page
 * wants it last, so the app hash of the
 * <a href="https://developers.google.com/identity/sms-retriever/verify">SMS Retriever API</a>, which may stand
 * anywhere, goes before it.
 *
 * <p>Every text that can be sent is composed once at start: a brand, host or wording that does not fit stops the
 * service there and not at the first driver's request.
 */
@Startup
@ApplicationScoped
@RegisterResourceBundle(bundleName = SmsText.BUNDLE)
public class SmsText {

    static final String BUNDLE = "io.pims.authentication.sms.texts";

    private static final String CODE = "code.";
    private static final String NOTICE = "notice.";
    private static final String ANY_CODE = "000000";
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    private final Languages languages;
    private final Optional<String> androidHash;

    public SmsText(SmsConfig config, Brands brands, Languages languages) {
        this.languages = languages;
        this.androidHash = config.androidHash();
        for (String language : Languages.SUPPORTED) {
            for (String key : texts(language).keySet()) {
                brands.all().forEach(brand -> compose(key, brand, language));
            }
        }
    }

    private void compose(String key, Brands.Brand brand, String language) {
        if (key.startsWith(CODE)) {
            code(key.substring(CODE.length()), brand, language, ANY_CODE, LONGEST_LIFE);
        } else {
            notice(key.substring(NOTICE.length()), brand, language);
        }
    }

    /**
     * Returns the text that carries a code.
     *
     * @param type the use of the code, as the API names it
     * @param language one of {@link Languages#SUPPORTED}; any other, or null, is the default language
     * @param code 6 digits
     * @param validFor at most 10 minutes; told in whole minutes, rounded down
     */
    public String code(String type, Brands.Brand brand, String language, String code, Duration validFor) {
        String sentence = sentence(CODE + type, brand, language)
                .replace("{code}", code)
                .replace("{minutes}", validFor.toMinutes() < 1 ? "<1" : Long.toString(validFor.toMinutes()));
        String hash = androidHash.map("\n"::concat).orElse("");
        return oneSegment(CODE + type, brand, language, sentence + hash + "\n@" + brand.origin() + " #" + code);
    }

    /** Returns the text that tells of a change, without secrets. */
    public String notice(String type, Brands.Brand brand, String language) {
        return oneSegment(NOTICE + type, brand, language, sentence(NOTICE + type, brand, language));
    }

    private String sentence(String key, Brands.Brand brand, String language) {
        return texts(languages.orFallback(language)).getString(key).replace("{brand}", brand.name());
    }

    private static String oneSegment(String key, Brands.Brand brand, String language, String text) {
        if (!Gsm7.fitsOneSegment(text)) {
            throw new IllegalStateException("SMS text %s in %s is more than one SMS for %s and %s"
                    .formatted(key, language, brand.name(), brand.origin()));
        }
        return text;
    }

    private static ResourceBundle texts(String language) {
        return ResourceBundle.getBundle(BUNDLE, Locale.forLanguageTag(language));
    }
}
