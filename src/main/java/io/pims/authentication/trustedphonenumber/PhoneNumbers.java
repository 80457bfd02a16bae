package io.pims.authentication.trustedphonenumber;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.pims.authentication.message.WrongSetting;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads what a driver typed as a phone number that may receive codes: valid by libphonenumber's metadata, a mobile one
 * (or one of a country that does not tell mobile from fixed), in an accepted country. So no premium, shared-cost,
 * voice-over-IP or personal number passes.
 */
@Startup
@ApplicationScoped
public class PhoneNumbers {

    private static final int LONGEST = 64;

    /** ASCII digits alone: libphonenumber would also take other scripts' digits, letters as on a keypad, extensions. */
    private static final Pattern TYPED = Pattern.compile(" *\\+?[0-9 ().\\-/]+");

    private static final Pattern PUNCTUATION = Pattern.compile("[ ().\\-/]");

    /** ITU-T E.164's international prefix, written by drivers wherever they are. */
    private static final String INTERNATIONAL_PREFIX = "00";

    private static final String UNKNOWN_REGION = "ZZ";
    private static final Set<PhoneNumberType> TYPES =
            EnumSet.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    private final Set<String> countries;
    private final Optional<String> defaultRegion;

    /** @throws WrongSetting if there is no country, or one without phone numbers */
    public PhoneNumbers(AcceptedNumbersConfig config) {
        countries = config.countries().stream().map(String::strip).collect(Collectors.toUnmodifiableSet());
        defaultRegion = config.defaultRegion();
        for (String country : countries) {
            if (!numbers.getSupportedRegions().contains(country)) {
                throw new WrongSetting(
                        "pims.trustedphonenumber.countries",
                        "has '" + country + "', which is no region of ISO 3166-1 with phone numbers");
            }
        }
        if (defaultRegion.isPresent() && !countries.contains(defaultRegion.get())) {
            throw new WrongSetting(
                    "pims.trustedphonenumber.default-region",
                    "is '" + defaultRegion.get() + "', which is not among pims.trustedphonenumber.countries");
        }
    }

    /**
     * The number in its one form; empty if it is not one that may receive codes.
     *
     * @param typed at most 64 characters: digits, a leading {@code +}, spaces and {@code ( ) - . /}
     * @param region where the driver is at home (ISO 3166-1 alpha-2, any case), for a number without its country.
     *     An unknown one is not replaced by the default: the number would become somebody else's.
     */
    public Optional<PhoneNumber> read(String typed, Optional<String> region) {
        if (typed.length() > LONGEST || !TYPED.matcher(typed).matches()) {
            return Optional.empty();
        }
        String compact = PUNCTUATION.matcher(typed).replaceAll("");
        if (compact.startsWith(INTERNATIONAL_PREFIX)) {
            compact = "+" + compact.substring(INTERNATIONAL_PREFIX.length());
        }
        try {
            Phonenumber.PhoneNumber number = numbers.parse(compact, home(region));
            return mayReceiveCodes(number)
                    ? Optional.of(new PhoneNumber(numbers.format(number, PhoneNumberFormat.E164)))
                    : Optional.empty();
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }

    private String home(Optional<String> region) {
        return region.map(claimed -> claimed.toUpperCase(Locale.ROOT))
                .or(() -> defaultRegion)
                .filter(numbers.getSupportedRegions()::contains)
                .orElse(UNKNOWN_REGION);
    }

    /** The region is that of the number's range, never what its calling code stands for at large. */
    private boolean mayReceiveCodes(Phonenumber.PhoneNumber number) {
        String country = numbers.getRegionCodeForNumber(number);
        return country != null
                && countries.contains(country)
                && numbers.isValidNumberForRegion(number, country)
                && TYPES.contains(numbers.getNumberType(number));
    }
}
