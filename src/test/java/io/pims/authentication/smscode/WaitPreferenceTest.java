package io.pims.authentication.smscode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitPreferenceTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Optional<Duration> FIVE = Optional.of(Duration.ofSeconds(5));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait=5",
                "wait=\"5\"",
                "Wait=5",
                "wait = 5",
                "  wait=5  ",
                "wait=005",
                "wait=5; foo=bar",
                "wait=5;foo=\"b;ar\"",
                "respond-async, wait=5",
                "respond-async,wait=5,handling=lenient",
                "return=minimal; foo=\"some parameter\", wait=5",
                "priority=5,,wait=5",
                "wait=5, wait=7",
                "wait=soon, wait=5",
                "foo=\"bar, wait=5",
                "wait=5, foo=\"bar",
                ",,;, =, wait=5",
            })
    void the_forms_of_the_rfc_are_read(String header) {
        assertThat(WaitPreference.of(List.of(header), LONGEST)).isEqualTo(FIVE);
    }

    @Test
    void several_headers_are_one_list() {
        assertThat(WaitPreference.of(List.of("respond-async", "wait=5"), LONGEST))
                .isEqualTo(FIVE);
        assertThat(WaitPreference.of(List.of("wait=5", "wait=7"), LONGEST)).isEqualTo(FIVE);
        assertThat(WaitPreference.of(List.of("foo=\"bar", "wait=5"), LONGEST)).isEqualTo(FIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "wait",
                "wait=",
                "wait=\"\"",
                "wait=-1",
                "wait=+1",
                "wait=1.5",
                "wait=5s",
                "wait=five",
                "wait=\"5",
                "wait=5\"",
                "wait=5 6",
                "wait==5",
                "await=5",
                "wait-for=5",
                "respond-async",
                "foo=wait=5",
                "foo; wait=5",
                "wait=\u0665",
            })
    void what_can_not_be_read_is_no_preference(String header) {
        assertThat(WaitPreference.of(List.of(header), LONGEST)).isEmpty();
    }

    @Test
    void a_text_in_quotes_is_not_searched_for_preferences() {
        assertThat(WaitPreference.of(List.of("foo=\"a, wait=7, b\""), LONGEST)).isEmpty();
        assertThat(WaitPreference.of(List.of("foo=\"a, wait=7, b\", wait=5"), LONGEST))
                .isEqualTo(FIVE);
    }

    @Test
    void without_a_header_there_is_no_preference() {
        assertThat(WaitPreference.of(List.of(), LONGEST)).isEmpty();
    }

    @Test
    void of_an_over_long_header_the_beginning_counts() {
        String longest = "wait=5" + " ".repeat(1_018);

        assertThat(WaitPreference.of(List.of(longest), LONGEST)).isEqualTo(FIVE);
        assertThat(WaitPreference.of(List.of(longest + " "), LONGEST)).isEmpty();
        assertThat(WaitPreference.of(List.of("wait=5" + ",foo".repeat(4_000)), LONGEST))
                .isEqualTo(FIVE);
    }

    @Test
    void a_number_beyond_all_bounds_is_the_longest_wait() {
        assertThat(WaitPreference.of(List.of("wait=9999999999999999999999"), Duration.ofSeconds(20)))
                .contains(Duration.ofSeconds(20));
        assertThat(WaitPreference.of(List.of("wait=999999999"), Duration.ofSeconds(Integer.MAX_VALUE)))
                .contains(Duration.ofSeconds(999_999_999));
    }

    @Property
    void a_wait_is_cut_to_the_longest(@ForAll @IntRange(max = 999_999_999) int seconds) {
        assertThat(WaitPreference.of(List.of("wait=" + seconds), LONGEST))
                .contains(Duration.ofSeconds(Math.min(seconds, 20)));
    }

    @Property
    void no_header_whatsoever_fails(@ForAll List<String> headers) {
        assertThat(WaitPreference.of(headers, LONGEST)).isNotNull();
    }
}
