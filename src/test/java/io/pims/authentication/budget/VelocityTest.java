package io.pims.authentication.budget;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pims.authentication.budget.SubjectVelocity.Count;
import io.pims.authentication.budget.Velocity.Taken;
import io.pims.authentication.trustedphonenumber.Destination;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VelocityTest {

    private static final long NOW = micros("2026-11-24T12:45:00Z");
    private static final Destination PARIS = new Destination("FR", "aa");
    private static final Destination LYON = new Destination("FR", "bb");
    private static final Destination BERLIN = new Destination("DE", "cc");

    private static long micros(String instant) {
        return Instant.parse(instant).toEpochMilli() * 1_000;
    }

    private static Count count(String subject, BudgetPeriod period, String beginsAt, long sent, long spent) {
        return new Count(subject, period, micros(beginsAt), sent, spent);
    }

    private static Velocity velocity(BudgetMode mode, Count... counts) {
        return new Velocity(
                mode,
                new VelocityBudget(20, 3, 20),
                new VelocityBudget(10, 2, 20),
                Stream.of(counts).collect(groupingBy(Count::subject)),
                NOW);
    }

    private static int takeAllThatFit(Velocity velocity, Destination... destinations) {
        int taken = 0;
        for (Destination destination : destinations) {
            while (velocity.overruns(destination, false).isEmpty()) {
                velocity.take(destination, false);
                taken++;
            }
        }
        return taken;
    }

    @Test
    void a_block_of_numbers_is_used_up_before_its_country() {
        Velocity velocity = velocity(BudgetMode.ENFORCE);

        assertThat(takeAllThatFit(velocity, PARIS)).isEqualTo(2);
        assertThat(velocity.overruns(PARIS, false))
                .containsExactly(new Overrun("prefix-hour", BudgetMode.ENFORCE, 2, 2, Duration.ofMinutes(15)));
        assertThat(takeAllThatFit(velocity, LYON)).isEqualTo(1);
        assertThat(velocity.overruns(LYON, false)).extracting(Overrun::limit).containsExactly("country-hour");
        assertThat(takeAllThatFit(velocity, BERLIN)).isEqualTo(2);
    }

    @Test
    void what_is_spent_makes_room_again() {
        Velocity velocity = velocity(
                BudgetMode.ENFORCE,
                count("country/FR", BudgetPeriod.HOUR, "2026-11-24T12:00:00Z", 10, 9),
                count("country/FR", BudgetPeriod.DAY, "2026-11-24T00:00:00Z", 30, 12));

        assertThat(takeAllThatFit(velocity, PARIS, LYON)).isEqualTo(2);
    }

    @Test
    void the_day_refuses_where_the_hour_has_room() {
        Velocity velocity =
                velocity(BudgetMode.ENFORCE, count("country/FR", BudgetPeriod.DAY, "2026-11-24T00:00:00Z", 20, 0));

        assertThat(velocity.overruns(PARIS, false))
                .containsExactly(new Overrun(
                        "country-day",
                        BudgetMode.ENFORCE,
                        20,
                        20,
                        Duration.ofHours(11).plusMinutes(15)));
    }

    @Test
    void the_best_of_fourteen_days_counts_and_none_before() {
        Count old = count("country/FR", BudgetPeriod.DAY, "2026-11-10T00:00:00Z", 9_000, 9_000);
        Count best = count("country/FR", BudgetPeriod.DAY, "2026-11-11T00:00:00Z", 3_100, 3_000);
        Count other = count("country/FR", BudgetPeriod.DAY, "2026-11-23T00:00:00Z", 3_000, 1_000);

        Velocity velocity = velocity(BudgetMode.ENFORCE, old, best, other);
        Destination[] many = Stream.iterate(0, block -> block + 1)
                .limit(200)
                .map(block -> new Destination("FR", "block" + block))
                .toArray(Destination[]::new);

        assertThat(takeAllThatFit(velocity, many)).isEqualTo(100);
    }

    @Test
    void an_hour_before_the_last_counts_no_more() {
        Velocity velocity =
                velocity(BudgetMode.ENFORCE, count("prefix/aa", BudgetPeriod.HOUR, "2026-11-24T10:00:00Z", 900, 900));
        Velocity recent =
                velocity(BudgetMode.ENFORCE, count("prefix/aa", BudgetPeriod.HOUR, "2026-11-24T11:00:00Z", 900, 15));

        assertThat(takeAllThatFit(velocity, PARIS)).isEqualTo(2);
        assertThat(takeAllThatFit(recent, PARIS)).isEqualTo(3);
    }

    @Test
    void recording_tells_and_refuses_nothing() {
        Velocity velocity = velocity(BudgetMode.RECORD);
        takeAllThatFit(velocity, PARIS);

        assertThat(velocity.overruns(PARIS, false)).isNotEmpty().noneMatch(Overrun::refuses);
        assertThat(velocity.taken()).isNotEmpty().allMatch(taken -> taken.budget() == null);
    }

    @Test
    void numbers_whose_country_was_never_kept_are_counted_and_not_refused() {
        Velocity velocity = velocity(BudgetMode.ENFORCE);
        takeAllThatFit(velocity, Destination.UNKNOWN);

        assertThat(velocity.overruns(Destination.UNKNOWN, false)).isNotEmpty().noneMatch(Overrun::refuses);
        assertThat(velocity.taken())
                .containsExactly(
                        new Taken("country/unknown", BudgetPeriod.HOUR, micros("2026-11-24T12:00:00Z"), 3, null),
                        new Taken("country/unknown", BudgetPeriod.DAY, micros("2026-11-24T00:00:00Z"), 3, null));
    }

    @Test
    void a_code_to_the_own_number_is_counted_and_never_refused_and_lets_no_stranger_pass() {
        Velocity velocity = velocity(BudgetMode.ENFORCE);
        velocity.take(PARIS, true);
        takeAllThatFit(velocity, PARIS);

        assertThat(velocity.overruns(PARIS, true)).isNotEmpty().noneMatch(Overrun::refuses);
        velocity.take(PARIS, true);

        assertThat(velocity.overruns(PARIS, false))
                .first()
                .isEqualTo(new Overrun("prefix-hour", BudgetMode.ENFORCE, 3, 2, Duration.ofMinutes(15)));
        assertThat(velocity.taken())
                .filteredOn(taken -> taken.subject().equals("prefix/aa") && taken.period() == BudgetPeriod.HOUR)
                .extracting(Taken::count, Taken::budget)
                .as("two might go beyond it, one had to be within")
                .containsExactly(tuple(3L, 4L));
    }

    @Test
    void codes_to_own_numbers_alone_are_written_without_a_budget() {
        Velocity velocity = velocity(BudgetMode.ENFORCE);
        velocity.take(PARIS, true);

        assertThat(velocity.taken()).isNotEmpty().allMatch(taken -> taken.budget() == null);
    }

    @Test
    void switched_off_it_knows_nothing() {
        Velocity.OFF.take(PARIS, false);

        assertThat(Velocity.OFF.overruns(PARIS, false)).isEmpty();
        assertThat(Velocity.OFF.taken()).isEmpty();
    }

    @Property
    void whatever_is_asked_for_no_budget_is_exceeded(
            @ForAll @Size(max = 200) List<@IntRange(max = 5) Integer> requests,
            @ForAll @IntRange(max = 60) int sent,
            @ForAll @IntRange(max = 60) int converted) {
        Velocity velocity = velocity(
                BudgetMode.ENFORCE,
                count("country/FR", BudgetPeriod.HOUR, "2026-11-24T12:00:00Z", sent, Math.min(sent, converted)));

        for (int block : requests) {
            Destination destination = new Destination(block < 3 ? "FR" : "DE", "block" + block);
            if (velocity.overruns(destination, false).isEmpty()) {
                velocity.take(destination, false);
            }
        }

        assertThat(velocity.taken())
                .allSatisfy(taken -> assertThat(taken.count())
                        .isLessThanOrEqualTo(
                                taken.subject().equals("country/FR") && taken.period() == BudgetPeriod.HOUR
                                        ? taken.budget() - (sent - Math.min(sent, converted))
                                        : taken.budget()));
        assertThat(velocity.taken())
                .isSortedAccordingTo((one, other) -> one.subject().compareTo(other.subject()));
    }
}
