package io.pims.authentication.trustedphonenumber;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import io.pims.authentication.sms.TestConfig;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class PhoneNumbersPropertyTest {

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();
    private static final Set<String> COUNTRIES =
            TestConfig.of(AcceptedNumbersConfig.class).countries();
    private static final PhoneNumbers NUMBERS = PhoneNumbersTest.numbers();

    private record Mobile(String region, Phonenumber.PhoneNumber number) {

        String in(PhoneNumberFormat format) {
            return LIBRARY.format(number, format);
        }
    }

    @Property
    void a_valid_mobile_number_of_an_accepted_country_has_one_form_in_all_formats(
            @ForAll("accepted") String region, @ForAll("subscribers") String digits) {
        Mobile mobile = mobile(region, digits);
        Optional<PhoneNumber> expected = Optional.of(new PhoneNumber(mobile.in(PhoneNumberFormat.E164)));

        assertThat(NUMBERS.read(mobile.in(PhoneNumberFormat.E164), Optional.empty()))
                .isEqualTo(expected);
        assertThat(NUMBERS.read(mobile.in(PhoneNumberFormat.INTERNATIONAL), Optional.empty()))
                .isEqualTo(expected);
        assertThat(NUMBERS.read("00" + mobile.in(PhoneNumberFormat.E164).substring(1), Optional.of("US")))
                .isEqualTo(expected);
        assertThat(NUMBERS.read(mobile.in(PhoneNumberFormat.NATIONAL), Optional.of(region)))
                .isEqualTo(expected);
        assertThat(NUMBERS.read(LIBRARY.formatOutOfCountryCallingNumber(mobile.number(), "CZ"), Optional.of("CZ")))
                .isEqualTo(expected);
    }

    @Property
    void what_a_phone_puts_around_and_into_a_number_changes_nothing(
            @ForAll("accepted") String region, @ForAll("subscribers") String digits, @ForAll("marks") String marks) {
        Mobile mobile = mobile(region, digits);
        Optional<PhoneNumber> expected = Optional.of(new PhoneNumber(mobile.in(PhoneNumberFormat.E164)));
        String pasted = mobile.in(PhoneNumberFormat.INTERNATIONAL)
                .replace(' ', '\u00a0')
                .replace('-', '\u2011')
                .replace("+", "\uff0b" + marks);

        assertThat(NUMBERS.read(marks + pasted + marks + "\n", Optional.of(region)))
                .isEqualTo(expected);
        assertThat(NUMBERS.read("tel:" + marks + pasted + "\r\n", Optional.empty()))
                .isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> marks() {
        return Arbitraries.strings()
                .withChars("\u200b\u200e\u200f\u202a\u202c\u202d\u202e\u2060\u2066\u2069\u00ad\ufeff")
                .ofMaxLength(8);
    }

    @Property
    void reading_the_one_form_again_changes_nothing(@ForAll("accepted") String region, @ForAll("typed") String typed) {
        Optional<PhoneNumber> once = NUMBERS.read(typed, Optional.of(region));
        Assume.that(once.isPresent());

        assertThat(NUMBERS.read(once.get().e164(), Optional.of(region))).isEqualTo(once);
        assertThat(NUMBERS.read(once.get().e164(), Optional.empty())).isEqualTo(once);
    }

    @Property
    void a_mobile_number_of_any_other_country_is_refused(
            @ForAll("refused") String region, @ForAll("subscribers") String digits) {
        Mobile mobile = mobile(region, digits);

        assertThat(NUMBERS.read(mobile.in(PhoneNumberFormat.E164), Optional.of(region)))
                .isEmpty();
        assertThat(NUMBERS.read(mobile.in(PhoneNumberFormat.NATIONAL), Optional.of(region)))
                .isEmpty();
    }

    @Property(tries = 5_000)
    void what_is_accepted_is_a_mobile_number_of_an_accepted_country_as_the_library_has_it(
            @ForAll("regions") String region, @ForAll("typed") String typed) throws NumberParseException {
        Optional<PhoneNumber> read = NUMBERS.read(typed, Optional.of(region));
        Assume.that(read.isPresent());

        Phonenumber.PhoneNumber number = LIBRARY.parse(read.get().e164(), "ZZ");

        assertThat(LIBRARY.isValidNumber(number)).isTrue();
        assertThat(LIBRARY.getRegionCodeForNumber(number)).isIn(COUNTRIES);
        assertThat(LIBRARY.getNumberType(number)).isIn(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);
        assertThat(LIBRARY.format(number, PhoneNumberFormat.E164))
                .isEqualTo(read.get().e164());
        assertThat(typed.replaceAll("[^0-9]", "")).endsWith(lastDigits(number));
    }

    @Property
    void no_text_and_no_claim_makes_it_fail(@ForAll String typed, @ForAll String claim) {
        assertThat(NUMBERS.read(typed, Optional.of(claim))).isNotNull();
        assertThat(NUMBERS.read(typed, Optional.empty())).isNotNull();
    }

    @Property(tries = 5_000)
    void no_sequence_of_permitted_characters_makes_it_fail(
            @ForAll("permitted") String typed, @ForAll("regions") String region) {
        assertThat(NUMBERS.read(typed, Optional.of(region))).isNotNull();
    }

    /** Six of them: prefixes to be stripped are at the other end. */
    private static String lastDigits(Phonenumber.PhoneNumber number) {
        String national = LIBRARY.getNationalSignificantNumber(number);
        return national.substring(Math.max(0, national.length() - 6));
    }

    /** The library's example with other last digits, where that is a mobile number of the same region too. */
    private static Mobile mobile(String region, String digits) {
        Phonenumber.PhoneNumber example = LIBRARY.getExampleNumberForType(region, PhoneNumberType.MOBILE);
        Assume.that(example != null);
        try {
            Phonenumber.PhoneNumber number =
                    LIBRARY.parse("+" + example.getCountryCode() + withLastDigits(example, digits), "ZZ");
            Assume.that(region.equals(LIBRARY.getRegionCodeForNumber(number)));
            Assume.that(LIBRARY.getNumberType(number) == PhoneNumberType.MOBILE
                    || LIBRARY.getNumberType(number) == PhoneNumberType.FIXED_LINE_OR_MOBILE);
            return new Mobile(region, number);
        } catch (NumberParseException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String withLastDigits(Phonenumber.PhoneNumber example, String digits) {
        String national = LIBRARY.getNationalSignificantNumber(example);
        int kept = Math.max(2, national.length() - digits.length());
        return national.substring(0, kept) + digits.substring(0, national.length() - kept);
    }

    @Provide
    Arbitrary<String> accepted() {
        return Arbitraries.of(COUNTRIES.stream().sorted().toList());
    }

    @Provide
    Arbitrary<String> regions() {
        return Arbitraries.of(LIBRARY.getSupportedRegions().stream().sorted().toList());
    }

    @Provide
    Arbitrary<String> refused() {
        return regions().filter(region -> !COUNTRIES.contains(region));
    }

    @Provide
    Arbitrary<String> subscribers() {
        return Arbitraries.strings().numeric().ofLength(6);
    }

    /** Near a mobile number of anywhere, mostly of an accepted country, written in any way. */
    @Provide
    Arbitrary<String> typed() {
        Arbitrary<String> homes = Arbitraries.frequencyOf(Tuple.of(4, accepted()), Tuple.of(1, regions()));
        return Combinators.combine(homes, subscribers(), Arbitraries.of("+", "00", "+ (", " +"))
                .as((region, digits, before) -> {
                    Phonenumber.PhoneNumber example = LIBRARY.getExampleNumberForType(region, PhoneNumberType.MOBILE);
                    return example == null
                            ? before + digits
                            : before + example.getCountryCode() + ") " + withLastDigits(example, digits);
                });
    }

    @Provide
    Arbitrary<String> permitted() {
        return Arbitraries.strings().withChars("+0123456789 ()-./").ofMaxLength(64);
    }
}
