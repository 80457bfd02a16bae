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
 * Reads a phone number that a driver typed and that may receive codes: valid by libphonenumber's metadata, mobile (or of a
 * country that does not tell mobile from fixed), in an accepted country. So no premium, shared-cost, voice-over-IP or
 * personal number passes.
 */
@Startup
@ApplicationScoped
public class PhoneNumbers {

    private static final int LONGEST = 64;

    /** The scheme of a link (RFC 3966) that is copied along with the number. Its parameters, such as extensions, are refused. */
    private static final Pattern SCHEME = Pattern.compile("^tel: *", Pattern.CASE_INSENSITIVE);

    /** ASCII digits alone: libphonenumber would also take other scripts' digits, letters as on a keypad, extensions. */
    private static final Pattern TYPED = Pattern.compile("\\+?[0-9 ().\\-/]+");

    private static final Pattern PUNCTUATION = Pattern.compile("[ ().\\-/]");

    /** The international prefix of ITU-T E.164, which drivers write in any country. */
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
     * Returns the number in its one form; empty if it may not receive codes.
     *
     * @param typed at most 64 characters: digits, a leading {@code +}, spaces and {@code ( ) - . /}, as {@link PastedText}
     *     shows them, after {@code tel:} or not
     * @param region the driver's home (ISO 3166-1 alpha-2, any case), for a number without its country. A number that is not
     *     valid there is read as one of a {@linkplain #SISTERS sister region}, if it is valid in exactly one. An unknown
     *     region is not replaced by the default: the number would become somebody else's.
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

    /** Returns a number that looks like one that may receive codes. Somebody may have it. */
    public String example() {
        return numbers.format(
                numbers.getExampleNumberForType(countries.iterator().next(), PhoneNumberType.MOBILE),
                PhoneNumberFormat.E164);
    }

    private static String compact(String plain) {
        String compact = PUNCTUATION.matcher(plain).replaceAll("");
        return compact.startsWith(INTERNATIONAL_PREFIX)
                ? "+" + compact.substring(INTERNATIONAL_PREFIX.length())
                : compact;
    }

    /** Returns the number if it is valid in the region, or in another one with the same calling code. */
    private Optional<Phonenumber.PhoneNumber> parse(String compact, String region) {
        try {
            return Optional.of(numbers.parse(compact, region)).filter(numbers::isValidNumber);
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }

    /** Drops doubles: sister regions with one calling code have the same numbers. */
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

    /** Takes the region from the number's range, as several regions may share a calling code. */
    private boolean mayReceiveCodes(Phonenumber.PhoneNumber number) {
        String country = numbers.getRegionCodeForNumber(number);
        return country != null
                && countries.contains(country)
                && numbers.isValidNumberForRegion(number, country)
                && TYPES.contains(numbers.getNumberType(number));
    }
}
