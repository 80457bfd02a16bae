package io.pims.authentication.sms;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text of an SMS and its sender. {@link SmsText} refuses to start on a text that does not fit one SMS. */
@ConfigMapping(prefix = "pims.sms")
public interface SmsConfig {

    String LANGUAGE = "en|fr|de|es|it|nl|pt|pl";

    /** Up to 11 letters and digits, at least one letter, or the digits of a number (Vonage, "Custom sender ID"). */
    String SENDER = "(?=.*[A-Za-z])[A-Za-z0-9]{1,11}|[0-9]{1,15}";

    String HOST = "[a-z0-9-]+(\\.[a-z0-9-]+)*";

    /** Language for a client that asks for none that there is a text in: en, fr, de, es, it, nl, pt, pl. */
    @WithDefault("en")
    @Pattern(regexp = LANGUAGE)
    String defaultLanguage();

    /**
     * Brand, by its key in {@code pims.sms.brands}, its name or an alias, for a token without a brand, or with one that
     * is unknown or can't be read. The driver still gets the code, but under this brand's name, which may look like
     * somebody else's SMS: choose the most neutral one.
     */
    @NotBlank
    String defaultBrand();

    /** The brands by the name that they are recorded under. */
    Map<String, Brand> brands();

    /**
     * Sender for brands without their own: up to 11 letters and digits, or a number. Drivers recognise a name, but
     * can't answer it, and some countries replace or refuse it (North America, China). A number works wherever it is
     * bought for. A brand without any sender makes the service refuse all requests for codes with 2006.
     */
    Optional<@Pattern(regexp = SENDER) String> sender();

    /**
     * Host that the code is bound to for autofill, for brands without their own. Phones offer the code only to the app
     * or site of that host. A host that is not ours hands that to somebody else. The default is a reserved name that
     * nobody can own; it only costs the comfort. A long host leaves less room for the text.
     */
    @Pattern(regexp = HOST)
    String origin();

    /**
     * Hash of the Android app's signing certificate for the SMS Retriever API: the app then reads the code without the
     * permission to read SMS. It costs 12 of 160 characters in every SMS, on iPhones too. One value for all brands, so
     * it is of use only where they share an app.
     */
    Optional<@Pattern(regexp = "[A-Za-z0-9+/]{11}") String> androidHash();

    interface Brand {
        /**
         * Name at the start of the text, for the keys citroen, ds, opel, peugeot, vauxhall. Accents outside the GSM
         * alphabet are dropped (Citroën arrives as Citroen): one of them would cut the room in an SMS from 160
         * characters to 70.
         */
        @NotBlank
        @Pattern(regexp = "\\V*")
        String name();

        /**
         * What tokens may call the brand beside its key and its name; a list for each of citroen, opel, peugeot and
         * vauxhall. Case, accents, blanks and punctuation make no difference, here and in key and name. A name that
         * stands for two brands stops the start.
         */
        Optional<List<@Pattern(regexp = ".*[\\p{L}\\p{N}].*") String>> aliases();

        /** The brand's own sender, in the place of {@code pims.sms.sender}. */
        Optional<@Pattern(regexp = SENDER) String> sender();

        /**
         * The brand's sender for numbers of one country, by its ISO 3166-1 code, in the place of the brand's own. For
         * countries that refuse or replace a name: a number, or a short code, that is bought there. For the keys
         * citroen, ds, opel, peugeot, vauxhall, each with countries below it.
         */
        Map<String, @Pattern(regexp = SENDER) String> senders();

        /** The brand's own host for autofill, in the place of {@code pims.sms.origin}. */
        Optional<@Pattern(regexp = HOST) String> origin();
    }
}
