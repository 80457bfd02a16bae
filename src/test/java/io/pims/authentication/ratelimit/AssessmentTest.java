package io.pims.authentication.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ratelimit.Subject.Policy;
import io.pims.authentication.ratelimit.Subject.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssessmentTest {

    private static final Instant AT = Instant.parse("2026-11-24T12:00:00.000001Z");
    private static final long NOW = AT.getEpochSecond() * 1_000_000 + 1;
    private static final long MINUTE = 60_000_000;
    private static final Policy HOURLY = policy("user-3600s", "5/1h");
    private static final Policy DAILY = policy("user-86400s", "10/1d");
    private static final Policy NUMBER = policy("number-3600s", "2/1h");
    private static final Policy SLICE = new Policy("service-60s", Limit.parse("1/1m"), Limit.parse("20/1m"));

    private final Assessment assessment = new Assessment(NOW);

    @Test
    void a_request_with_room_everywhere_is_charged_on_every_limit() {
        assessment.add(subject("user/1", HOURLY, DAILY), Map.of());
        assessment.add(subject("number/1", NUMBER), Map.of());

        assertThat(assessment.charge().allowed()).isTrue();
        assertThat(assessment.charge().at()).isEqualTo(AT);
        assertThat(assessment.arrivals())
                .isEqualTo(Map.of(
                        "user/1",
                        Map.of("user-3600s", NOW + 12 * MINUTE, "user-86400s", NOW + 144 * MINUTE),
                        "number/1",
                        Map.of("number-3600s", NOW + 30 * MINUTE)));
    }

    @Test
    void an_allowed_request_is_told_the_limit_with_the_least_left() {
        assessment.add(subject("user/1", DAILY, HOURLY), Map.of());

        assertThat(assessment.charge().quota())
                .isEqualTo(new Charge.Quota("user-3600s", HOURLY.advertised(), 4, Duration.ZERO));
    }

    @Test
    void what_is_left_of_a_number_is_not_told_because_others_use_it_too() {
        assessment.add(subject("number/1", NUMBER), Map.of());
        assessment.add(subject("user/1", HOURLY), Map.of());

        assertThat(assessment.charge().quota().policy()).isEqualTo("user-3600s");
    }

    @Test
    void a_number_that_is_used_up_is_told_in_the_same_words_whenever_and_by_which_limit() {
        Policy daily = policy("number-86400s", "4/1d");
        Assessment soonFree = new Assessment(NOW);
        assessment.add(subject("number/1", NUMBER, daily), Map.of("number-86400s", NOW + 1_440 * MINUTE));
        soonFree.add(subject("number/1", NUMBER, daily), Map.of("number-3600s", NOW + 31 * MINUTE));

        assertThat(assessment.charge().allowed()).isFalse();
        assertThat(assessment.charge()).isEqualTo(soonFree.charge());
        assertThat(assessment.charge().quota())
                .isEqualTo(new Charge.Quota("number-3600s", NUMBER.advertised(), 0, Duration.ofMinutes(30)));
    }

    @Test
    void who_is_over_a_limit_of_his_own_is_told_that_and_nothing_of_the_number() {
        assessment.add(subject("number/1", NUMBER), Map.of("number-3600s", NOW + 60 * MINUTE));
        assessment.add(subject("user/1", HOURLY), Map.of("user-3600s", NOW + 49 * MINUTE));

        assertThat(assessment.charge().quota())
                .isEqualTo(new Charge.Quota("user-3600s", HOURLY.advertised(), 0, Duration.ofMinutes(1)));
    }

    @Test
    void the_first_of_two_equal_standings_is_told() {
        assessment.add(subject("user/1", HOURLY, policy("user-60s", "5/1m")), Map.of());

        assertThat(assessment.charge().quota().policy()).isEqualTo("user-3600s");
    }

    @Test
    void one_full_limit_refuses_and_is_the_one_that_is_told() {
        assessment.add(subject("user/1", HOURLY), Map.of("user-3600s", NOW + 60 * MINUTE));
        assessment.add(subject("number/1", NUMBER), Map.of());

        assertThat(assessment.charge().allowed()).isFalse();
        assertThat(assessment.charge().quota())
                .isEqualTo(new Charge.Quota("user-3600s", HOURLY.advertised(), 0, Duration.ofMinutes(12)));
        assertThat(assessment.refusedByServiceAlone()).isFalse();
    }

    @Test
    void of_several_refusals_the_longest_is_told_wherever_it_stands() {
        Map<String, Long> full = Map.of("user-3600s", NOW + 60 * MINUTE, "user-86400s", NOW + 1_440 * MINUTE);
        Assessment reversed = new Assessment(NOW);

        assessment.add(subject("user/1", HOURLY, DAILY), full);
        reversed.add(subject("user/1", DAILY, HOURLY), full);

        assertThat(assessment.charge().quota().retryAfter()).isEqualTo(Duration.ofMinutes(144));
        assertThat(reversed.charge()).isEqualTo(assessment.charge());
    }

    @Test
    void of_two_equally_long_refusals_the_first_is_told() {
        Policy other = policy("address-3600s", "2/1h");
        assessment.add(subject("number/1", NUMBER), Map.of("number-3600s", NOW + 60 * MINUTE));
        assessment.add(subject("address/1", other), Map.of("address-3600s", NOW + 60 * MINUTE));

        assertThat(assessment.charge().quota().policy()).isEqualTo("number-3600s");
    }

    @Test
    void a_full_slice_alone_is_worth_a_look_at_another_slice() {
        assessment.add(subject("user/1", HOURLY), Map.of());
        assessment.add(subject("service/3", SLICE), Map.of("service-60s", NOW + MINUTE));

        assertThat(assessment.charge().allowed()).isFalse();
        assertThat(assessment.refusedByServiceAlone()).isTrue();
        assertThat(assessment.charge().quota())
                .isEqualTo(new Charge.Quota("service-60s", SLICE.advertised(), 0, Duration.ofMinutes(1)));
    }

    @Test
    void a_full_slice_beside_another_refusal_is_not() {
        assessment.add(subject("number/1", NUMBER), Map.of("number-3600s", NOW + 60 * MINUTE));
        assessment.add(subject("service/3", SLICE), Map.of("service-60s", NOW + MINUTE));

        assertThat(assessment.refusedByServiceAlone()).isFalse();
    }

    @Test
    void what_is_left_of_a_slice_is_not_told_because_it_says_nothing_of_the_service() {
        assessment.add(subject("user/1", HOURLY), Map.of());
        assessment.add(subject("service/3", SLICE), Map.of());

        assertThat(assessment.charge().quota().policy()).isEqualTo("user-3600s");
        assertThat(assessment.refusedByServiceAlone()).isFalse();
    }

    @Test
    void without_limits_everything_passes_and_nothing_is_told() {
        assessment.add(subject("user/1"), Map.of());

        assertThat(assessment.charge())
                .isEqualTo(new Charge(
                        true, AT, new Charge.Quota(null, null, Integer.MAX_VALUE, Duration.ZERO), List.of()));
    }

    @Test
    void arrivals_of_other_types_are_kept_until_they_are_over() {
        Map<String, Long> known = Map.of("user-type-30s-other", NOW + 1, "user-type-30s-past", NOW);

        assessment.add(subject("user/1", HOURLY), known);

        assertThat(assessment.arrivals().get("user/1"))
                .isEqualTo(Map.of("user-type-30s-other", NOW + 1, "user-3600s", NOW + 12 * MINUTE));
    }

    @Test
    void a_subject_is_idle_when_its_last_limit_is_fresh() {
        assertThat(Assessment.idleAt(Map.of("a", 3L, "b", 7L, "c", 5L, "total-day", 9L)))
                .isEqualTo(7);
        assertThat(Assessment.idleAt(Map.of())).isZero();
    }

    private static Subject subject(String id, Policy... policies) {
        Users users = id.startsWith("user/") ? Users.CALLER : id.startsWith("service/") ? Users.ALL : Users.SEVERAL;
        return new Subject(id, users, Arrays.asList(policies));
    }

    private static Policy policy(String name, String limit) {
        return new Policy(name, Limit.parse(limit), Limit.parse(limit));
    }
}
