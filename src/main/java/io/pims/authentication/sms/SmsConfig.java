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

    /** Language for a driver whose app asks for none that we have a text in. */
    @WithDefault("en")
    @Pattern(regexp = LANGUAGE)
    String defaultLanguage();

    /**
     * Key in {@link #brands} for a token without a brand, or with an unknown one. The driver still gets the code, but
     * under this brand's name, which may look like somebody else's SMS: choose the most neutral one.
     */
    @NotBlank
    String defaultBrand();

    /** The brands by the name that they are recorded under. */
    Map<String, Brand> brands();

    /**
     * Sender for brands without their own. A name is recognised by the driver, but can't be answered and is replaced
     * or refused in some countries (North America, China); a number works everywhere it is bought for. Without any
     * sender nothing is sent and requests for a code are refused with 2006.
     */
    Optional<@Pattern(regexp = SENDER) String> sender();

    /**
     * Host that the code is bound to for brands without their own: phones offer the code for autofill to the app or
     * site associated with it and nowhere else. A host that is not ours hands that to somebody else; a reserved one
     * ({@code .example}) only costs the comfort. A long host leaves less room for the text.
     */
    @Pattern(regexp = HOST)
    String origin();

    /**
     * Hash of the Android app's signing certificate, for the SMS Retriever API: the app then reads the code without
     * the permission to read SMS. Costs 12 of the 160 characters in every SMS, on iPhones too. One value for all
     * brands, so of use only where they share an app.
     */
    Optional<@Pattern(regexp = "[A-Za-z0-9+/]{11}") String> androidHash();

    interface Brand {
        /**
         * Name at the start of the text. Accents outside the GSM alphabet are dropped (Citroën arrives as Citroen),
         * because one of them would cut the room in an SMS from 160 characters to 70.
         */
        @NotBlank
        @Pattern(regexp = "\\V*")
        String name();

        /**
         * Names for the brand in tokens, beside its key and its name. Case, accents, blanks and punctuation make no
         * difference. A name of two brands stops the start.
         */
        Optional<List<@Pattern(regexp = ".*[\\p{L}\\p{N}].*") String>> aliases();

        /** See {@link SmsConfig#sender()}. */
        Optional<@Pattern(regexp = SENDER) String> sender();

        /** See {@link SmsConfig#origin()}. */
        Optional<@Pattern(regexp = HOST) String> origin();
    }
}
