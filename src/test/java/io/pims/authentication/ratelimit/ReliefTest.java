package io.pims.authentication.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ratelimit.Subject.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReliefTest {

    private static final long NOW = 1_795_530_000_000_000L;
    private static final long HOUR = 3_600_000_000L;
    private static final Limit AN_HOUR = Limit.parse("5/1h");
    private static final Limit A_DAY = Limit.parse("10/1d");
    private static final List<Policy> USER = Policy.of("user", Optional.of(List.of(AN_HOUR, A_DAY)));

    private static Map<String, Long> ask(Map<String, Long> arrivals, long now, int times) {
        Map<String, Long> next = new HashMap<>(arrivals);
        for (int n = 0; n < times; n++) {
            USER.forEach(policy -> next.put(
                    policy.name(),
                    Gcra.decide(policy.limit(), next.getOrDefault(policy.name(), 0L), now)
                            .arrival()));
        }
        return next;
    }

    /** How many more pass at once. */
    private static int room(Map<String, Long> arrivals, long now) {
        Map<String, Long> next = new HashMap<>(arrivals);
        int passed = 0;
        while (USER.stream()
                .allMatch(policy -> Gcra.decide(policy.limit(), next.getOrDefault(policy.name(), 0L), now)
                        .allowed())) {
            next.putAll(ask(next, now, 1));
            passed++;
        }
        return passed;
    }

    @Test
    void who_has_used_up_the_day_gets_one_more() {
        Map<String, Long> used = ask(ask(Map.of(), NOW, 5), NOW + HOUR, 5);
        long now = NOW + 2 * HOUR;
        assertThat(room(used, now)).isZero();

        assertThat(room(Relief.of(USER, used, now), now)).isEqualTo(1);
    }

    @Test
    void who_has_used_up_the_hour_gets_what_the_day_has_left() {
        Map<String, Long> used = ask(Map.of(), NOW, 5);
        assertThat(room(used, NOW)).isZero();

        assertThat(room(Relief.of(USER, used, NOW), NOW)).isEqualTo(5);
    }

    @Test
    void a_day_that_has_room_is_left_as_it_is() {
        Map<String, Long> used = ask(Map.of(), NOW, 3);

        assertThat(Relief.of(USER, used, NOW)).containsEntry("user-86400s", used.get("user-86400s"));
    }

    @Test
    void what_others_use_stays() {
        assertThat(Relief.of(USER, Map.of("certification-3600s", NOW + HOUR), NOW))
                .isEqualTo(Map.of("certification-3600s", NOW + HOUR));
    }

    @Test
    void limits_on_attempts_are_those_of_each_operation_that_was_tried() {
        List<Policy> policies = Policy.of("attempt", Optional.of(List.of(AN_HOUR, A_DAY)));

        assertThat(DriverLimits.ofOperations(
                        policies, Set.of("attempt-3600s-update", "attempt-3600s-reset", "attempt-86400s-reset")))
                .extracting(Policy::name)
                .containsExactly(
                        "attempt-3600s-reset", "attempt-86400s-reset", "attempt-3600s-update", "attempt-86400s-update");
        assertThat(DriverLimits.ofOperations(policies, Set.of())).isEmpty();
    }

    @Test
    void a_limit_is_told_with_what_is_left_and_when_it_frees() {
        Policy anHour = USER.get(0);
        long full = ask(Map.of(), NOW, 5).get("user-3600s");

        LimitState state = LimitState.of(anHour, full, NOW);
        assertThat(state.left()).isZero();
        assertThat(state.freeAt().toEpochMilli()).isEqualTo((NOW + HOUR / 5) / 1_000);
        LimitState some = LimitState.of(anHour, ask(Map.of(), NOW, 2).get("user-3600s"), NOW);
        assertThat(some).isEqualTo(new LimitState("user-3600s", 5, 3, null));
    }
}
