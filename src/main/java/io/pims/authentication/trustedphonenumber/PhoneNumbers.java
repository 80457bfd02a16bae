package io.pims.authentication.trustedphonenumber;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.input.PastedText;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
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

    /** A link's scheme (RFC 3966), which is copied along with the number. Its parameters, such as an extension, are refused. */
    private static final Pattern SCHEME = Pattern.compile("^tel: *", Pattern.CASE_INSENSITIVE);

    /** ASCII digits alone: libphonenumber would also take other scripts' digits, letters as on a keypad, extensions. */
    private static final Pattern TYPED = Pattern.compile("\\+?[0-9 ().\\-/]+");

    private static final Pattern PUNCTUATION = Pattern.compile("[ ().\\-/]");

    /** ITU-T E.164's international prefix, written by drivers wherever they are. */
    private static final String INTERNATIONAL_PREFIX = "00";

    /**
     * Regions whose people take each other's numbers for numbers of their own country, written in the same way without a
     * country code: {@code 0692 12 34 56} is one of Réunion for whoever is French, and of nobody in France.
     */
    private static final List<Set<String>> SISTERS = List.of(
            Set.of("FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF"),
            Set.of("GB", "JE", "GG", "IM"),
            Set.of("NO", "SJ"),
            Set.of("FI", "AX"),
            Set.of("IT", "VA", "SM"));

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
     * @param typed at most 64 characters: digits, a leading {@code +}, spaces and {@code ( ) - . /}, as {@link PastedText}
     *     shows them, after {@code tel:} or not
     * @param region where the driver is at home (ISO 3166-1 alpha-2, any case), for a number without its country. If it is
     *     none there, but one of exactly one of the {@linkplain #SISTERS sister regions}, it is that one. An unknown region
     *     is not replaced by the default: the number would become somebody else's.
     */
    public Optional<PhoneNumber> read(String typed, Optional<String> region) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = SCHEME.matcher(PastedText.plain(typed)).replaceFirst("");
        if (!TYPED.matcher(plain).matches()) {
            return Optional.empty();
        }
        String compact = compact(plain);
        String home = home(region);
        return parse(compact, home)
                .or(() -> compact.startsWith("+") ? Optional.empty() : ofSister(compact, home))
                .filter(this::mayReceiveCodes)
                .map(number -> new PhoneNumber(numbers.format(number, PhoneNumberFormat.E164)));
    }

    private static String compact(String plain) {
        String compact = PUNCTUATION.matcher(plain).replaceAll("");
        return compact.startsWith(INTERNATIONAL_PREFIX)
                ? "+" + compact.substring(INTERNATIONAL_PREFIX.length())
                : compact;
    }

    /** Empty if it is no valid number of the region, or of one with the same country code. */
    private Optional<Phonenumber.PhoneNumber> parse(String compact, String region) {
        try {
            return Optional.of(numbers.parse(compact, region)).filter(numbers::isValidNumber);
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }

    /** Some share a country code, so that several may have the same number. */
    private Optional<Phonenumber.PhoneNumber> ofSister(String compact, String home) {
        List<Phonenumber.PhoneNumber> found = SISTERS.stream()
                .filter(sisters -> sisters.contains(home))
                .flatMap(Set::stream)
                .flatMap(sister -> parse(compact, sister).stream())
                .distinct()
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
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
