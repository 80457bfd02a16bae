package io.pims.authentication.pincode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinPolicyTest {

    static final PinPolicy FOUR = policy(4);
    static final PinPolicy SIX = policy(6);

    /** Runs and repetitions. */
    static final Set<String> PLAIN = union(runs(6), repetitions(2, 3), repetitions(3, 2));

    static PinPolicy policy(int length) {
        return new PinPolicy(TestPeppers.config(TestPeppers.ONE, "pims.pincode.length", "" + length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"830795", "417936", "004917", "908172", "997702", "290283", "311498"})
    void a_pin_that_nobody_guesses_is_allowed(String pin) {
        assertThat(SIX.allows(pin)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8307", "4179", "0041", "3690", "0230", "3204", "1867", "2199", "1385"})
    void a_pin_of_four_that_nobody_guesses_is_allowed(String pin) {
        assertThat(FOUR.allows(pin)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "83079",
                "8307955",
                "83079a",
                " 83079",
                "83079\n",
                "-83079",
                "83 795",
                "８３０７９５",
                "٨٣٠٧٩٥",
                "83079\u0000"
            })
    void what_is_not_six_ascii_digits_is_refused(String pin) {
        assertThat(SIX.allows(pin)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "one digit, 777777",
        "run up, 345678",
        "run down, 876543",
        "run up across 9, 890123",
        "run down across 0, 210987",
        "pair, 838383",
        "triple, 837837",
        "DDMMYY, 310785",
        "MMDDYY, 073185",
        "YYMMDD, 850731",
        "leap day, 290200",
        "zxcvbn's list, 159753",
        "zxcvbn's list, 696969",
        "zxcvbn's list, 147258"
    })
    void a_guessable_pin_is_refused(String why, String pin) {
        assertThat(SIX.allows(pin)).as(why).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "one digit, 0000",
        "run up, 3456",
        "run down, 6543",
        "run up across 9, 8901",
        "run down across 0, 1098",
        "pair, 8383",
        "DDMM, 3107",
        "MMDD, 0731",
        "leap day, 2902",
        "year, 1900",
        "year, 2099",
        "keypad column, 2580",
        "heart-shaped, 5683"
    })
    void a_guessable_pin_of_four_is_refused(String why, String pin) {
        assertThat(FOUR.allows(pin)).as(why).isFalse();
    }

    @Test
    void a_29th_of_february_needs_a_leap_year() {
        assertThat(SIX.allows("290284")).isFalse();
        assertThat(SIX.allows("290283")).isTrue();
    }

    @Test
    void four_digits_are_refused_where_six_are_asked_for_and_the_other_way_round() {
        assertThat(SIX.allows("8307")).isFalse();
        assertThat(FOUR.allows("830795")).isFalse();
    }

    @Test
    void of_all_pins_of_four_exactly_the_guessable_ones_are_refused() {
        Set<String> guessable = union(runs(4), repetitions(2, 2), dates("ddMM", "MMdd", "yyyy"), common(4));

        assertThat(refused(FOUR, 4)).isEqualTo(guessable);
        assertThat(guessable).as("9 % of all").hasSize(887);
    }

    @Test
    void of_all_pins_of_six_exactly_the_guessable_ones_are_refused() {
        Set<String> guessable =
                union(runs(6), repetitions(2, 3), repetitions(3, 2), dates("ddMMyy", "MMddyy", "yyMMdd"), common(6));

        assertThat(refused(SIX, 6)).isEqualTo(guessable);
        assertThat(guessable).as("9 % of all").hasSize(85_126);
    }

    @Test
    void the_ten_most_used_of_every_study_are_refused() {
        assertThat(Stream.of("1234 1111 0000 1212 7777 1004 2000 4444 2222 6969".split(" ")))
                .as("Data Genetics, 2012")
                .noneMatch(FOUR::allows);
        assertThat(Stream.of("1234 1111 0000 1342 1212 2222 4444 1122 1986 2020".split(" ")))
                .as("ABC News Australia, 2025")
                .noneMatch(FOUR::allows);
        assertThat(Stream.of("1234 0000 2580 1111 5555 5683 0852 2222 1212 1998".split(" ")))
                .as("Markert et al., 2020")
                .noneMatch(FOUR::allows);
        assertThat(Stream.of("123456 654321 111111 000000 123123 666666 121212 112233 789456 159753".split(" ")))
                .as("Markert et al., 2020")
                .noneMatch(SIX::allows);
    }

    @Property
    void an_allowed_pin_backwards_or_turned_round_is_no_run_and_no_repetition(
            @ForAll @NumericChars @StringLength(6) String pin, @ForAll @IntRange(min = 0, max = 9) int turn) {
        Assume.that(SIX.allows(pin));

        String backwards = new StringBuilder(pin).reverse().toString();
        String turned =
                pin.chars().mapToObj(digit -> "" + (digit - '0' + turn) % 10).collect(Collectors.joining());

        assertThat(PLAIN).doesNotContain(pin, backwards, turned);
    }

    @Property
    void no_text_but_digits_is_allowed(@ForAll String text) {
        assertThat(SIX.allows(text) && !text.matches("[0-9]{6}")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "5", "7", "-4"})
    void a_length_without_rules_stops_the_start(String length) {
        assertThatThrownBy(() -> policy(Integer.parseInt(length)))
                .hasMessage("pims.pincode.length must be 4 or 6, not " + length);
    }

    private static Set<String> refused(PinPolicy policy, int length) {
        return all(length).filter(pin -> !policy.allows(pin)).collect(Collectors.toSet());
    }

    private static Stream<String> all(int length) {
        return IntStream.range(0, (int) Math.pow(10, length)).mapToObj(pin -> ("%0" + length + "d").formatted(pin));
    }

    private static Set<String> runs(int length) {
        String up = "0123456789".repeat(2);
        String down = new StringBuilder(up).reverse().toString();
        return IntStream.range(0, 10)
                .boxed()
                .flatMap(start -> Stream.of(
                        up.substring(start, start + length),
                        down.substring(start, start + length),
                        ("" + start).repeat(length)))
                .collect(Collectors.toSet());
    }

    private static Set<String> repetitions(int size, int times) {
        return all(size).map(block -> block.repeat(times)).collect(Collectors.toSet());
    }

    private static Set<String> dates(String... orders) {
        List<LocalDate> days =
                LocalDate.of(1900, 1, 1).datesUntil(LocalDate.of(2100, 1, 1)).toList();
        return Stream.of(orders)
                .map(DateTimeFormatter::ofPattern)
                .flatMap(order -> days.stream().map(order::format))
                .collect(Collectors.toSet());
    }

    private static Set<String> common(int length) {
        return all(length).filter(CommonPins::contains).collect(Collectors.toSet());
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        return Stream.of(sets).flatMap(Set::stream).collect(Collectors.toSet());
    }
}
