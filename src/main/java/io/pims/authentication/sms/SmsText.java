package io.pims.authentication.sms;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterResourceBundle;
import jakarta.enterprise.context.ApplicationScoped;
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

    private static final String RESET_PIN = "code.resetPIN";

    private final Languages languages;
    private final Optional<String> androidHash;

    public SmsText(SmsConfig config, Brands brands, Languages languages) {
        this.languages = languages;
        this.androidHash = config.androidHash();
        for (String language : Languages.SUPPORTED) {
            for (String key : texts(language).keySet()) {
                brands.all().forEach(brand -> withCode(key, brand, language, "000000"));
            }
        }
    }

    /**
     * The text that carries the code for resetting a PIN.
     *
     * @param language one of {@link Languages#SUPPORTED}; any other, or null, is the default language
     * @param code 6 digits
     */
    public String resetPin(Brands.Brand brand, String language, String code) {
        return withCode(RESET_PIN, brand, languages.orFallback(language), code);
    }

    private String withCode(String key, Brands.Brand brand, String language, String code) {
        String sentence = texts(language).getString(key).replace("{code}", code).replace("{brand}", brand.name());
        String hash = androidHash.map("\n"::concat).orElse("");
        String text = sentence + hash + "\n@" + brand.origin() + " #" + code;
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
