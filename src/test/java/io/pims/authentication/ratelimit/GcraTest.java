package io.pims.authentication.ratelimit;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ratelimit.Gcra.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/** Times are microseconds since 1970, as in {@link Gcra}. */
class GcraTest {

    private static final long NOW = SECONDS.toMicros(1_790_000_000L);
    private static final long NEVER = Long.MIN_VALUE / 2;
    private static final Limit FIVE_AN_HOUR = Limit.parse("5/1h");

    @Example
    void the_whole_count_may_come_at_once_and_the_next_one_after_its_share_of_the_window() {
        long fifth = passAll(FIVE_AN_HOUR, 5);

        Decision sixth = Gcra.decide(FIVE_AN_HOUR, fifth, NOW);

        assertThat(sixth).isEqualTo(new Decision(false, fifth, 0, Duration.ofMinutes(12)));
    }

    @Example
    void each_one_that_passes_leaves_one_less_and_the_last_one_tells_when_the_next_may_come() {
        Decision first = Gcra.decide(FIVE_AN_HOUR, NEVER, NOW);
        Decision second = Gcra.decide(FIVE_AN_HOUR, first.arrival(), NOW);
        Decision last = Gcra.decide(FIVE_AN_HOUR, passAll(FIVE_AN_HOUR, 4), NOW);

        assertThat(first).isEqualTo(new Decision(true, NOW + share(FIVE_AN_HOUR), 4, Duration.ZERO));
        assertThat(second.remaining()).isEqualTo(3);
        assertThat(last).isEqualTo(new Decision(true, NOW + SECONDS.toMicros(3_600), 0, Duration.ofMinutes(12)));
    }

    @Example
    void a_single_one_a_window_comes_back_at_the_windows_end() {
        Limit limit = Limit.parse("1/30s");
        long arrival = Gcra.decide(limit, NEVER, NOW).arrival();

        Decision tooEarly = Gcra.decide(limit, arrival, NOW + SECONDS.toMicros(30) - 1);
        Decision inTime = Gcra.decide(limit, arrival, NOW + SECONDS.toMicros(30));

        assertThat(tooEarly.allowed()).isFalse();
        assertThat(tooEarly.retryAfter()).isEqualTo(Duration.ofNanos(1_000));
        assertThat(inTime.allowed()).isTrue();
    }

    @Property
    void no_more_than_the_count_passes_at_one_instant(@ForAll("limits") Limit limit) {
        long arrival = NOW + share(limit) * (limit.count() - 1L);

        Decision last = Gcra.decide(limit, arrival, NOW);
        Decision oneMore = Gcra.decide(limit, last.arrival(), NOW);

        assertThat(last.allowed()).isTrue();
        assertThat(last.remaining()).isZero();
        assertThat(oneMore.allowed()).isFalse();
    }

    /** The count at once, then one each share: 2 * count - 1 up to just before the window's end, and never more. */
    @Property
    void no_window_admits_as_much_as_twice_the_count(
            @ForAll("smallLimits") Limit limit, @ForAll("gaps") List<Double> gaps) {
        List<Long> passed = passed(limit, gaps);

        for (int first = 0; first < passed.size(); first++) {
            long end = passed.get(first) + micros(limit);
            assertThat(passed.subList(first, passed.size()).stream().filter(time -> time < end))
                    .hasSizeLessThan(2 * limit.count());
        }
    }

    @Property
    void whoever_comes_as_early_as_allowed_gets_just_below_twice_the_count(@ForAll("smallLimits") Limit limit) {
        long now = NOW;
        long arrival = NEVER;
        int passed = 0;

        while (now < NOW + micros(limit)) {
            Decision decision = Gcra.decide(limit, arrival, now);
            arrival = decision.arrival();
            passed += decision.allowed() ? 1 : 0;
            now += micros(decision.retryAfter());
        }

        assertThat(passed).isEqualTo(2 * limit.count() - 1);
    }

    @Property
    void a_refused_one_changes_nothing(@ForAll("limits") Limit limit, @ForAll @LongRange(min = 1) long tooEarly) {
        long arrival = NOW + share(limit) * (limit.count() - 1L) + 1 + tooEarly % micros(limit);

        Decision decision = Gcra.decide(limit, arrival, NOW);

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.arrival()).isEqualTo(arrival);
        assertThat(decision.remaining()).isZero();
    }

    @Property
    void retry_after_is_exact_to_the_microsecond(
            @ForAll("limits") Limit limit, @ForAll @LongRange(min = 1) long ahead) {
        long arrival = NOW + ahead % (3 * micros(limit));
        Decision decision = Gcra.decide(limit, arrival, NOW);
        long then = NOW + micros(decision.retryAfter());

        boolean atThatTime = Gcra.decide(limit, decision.arrival(), then).allowed();
        boolean justBefore = Gcra.decide(limit, decision.arrival(), then - 1).allowed();

        assertThat(atThatTime).isTrue();
        if (then > NOW) {
            assertThat(justBefore).isFalse();
        }
    }

    @Property
    void remaining_is_how_many_really_pass_at_once(
            @ForAll("smallLimits") Limit limit, @ForAll @LongRange(min = 0) long ahead) {
        Decision decision = Gcra.decide(limit, NOW + ahead % (2 * micros(limit)), NOW);
        long arrival = decision.arrival();
        int passed = -1;

        boolean more;
        do {
            Decision next = Gcra.decide(limit, arrival, NOW);
            arrival = next.arrival();
            more = next.allowed();
            passed++;
        } while (more);

        assertThat(decision.remaining()).isEqualTo(passed);
    }

    @Property
    void after_a_quiet_time_the_whole_count_is_back(@ForAll("limits") Limit limit) {
        long exhausted = NOW + share(limit) * limit.count();

        Decision decision = Gcra.decide(limit, exhausted, exhausted);

        assertThat(decision).isEqualTo(Gcra.decide(limit, NEVER, exhausted));
        assertThat(decision.remaining()).isEqualTo(limit.count() - 1);
    }

    @Provide
    Arbitrary<Limit> limits() {
        return limits(1_000_000);
    }

    @Provide
    Arbitrary<Limit> smallLimits() {
        return limits(12);
    }

    /** In shares of the window between two. */
    @Provide
    Arbitrary<List<Double>> gaps() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.just(0.0)),
                        Tuple.of(5, Arbitraries.doubles().between(0, 1.5)),
                        Tuple.of(1, Arbitraries.doubles().between(1.5, 30)))
                .list()
                .ofMaxSize(60);
    }

    private static Arbitrary<Limit> limits(int most) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, most),
                        Arbitraries.longs().between(1, Duration.ofDays(31).toSeconds()))
                .as((count, seconds) -> new Limit(count, Duration.ofSeconds(seconds)));
    }

    private static List<Long> passed(Limit limit, List<Double> gaps) {
        List<Long> passed = new ArrayList<>();
        long now = NOW;
        long arrival = NEVER;
        for (double gap : gaps) {
            now += (long) (gap * share(limit));
            Decision decision = Gcra.decide(limit, arrival, now);
            arrival = decision.arrival();
            if (decision.allowed()) {
                passed.add(now);
            }
        }
        return passed;
    }

    private static long passAll(Limit limit, int count) {
        long arrival = NEVER;
        for (int i = 0; i < count; i++) {
            arrival = Gcra.decide(limit, arrival, NOW).arrival();
        }
        return arrival;
    }

    /** The part of the window that one request takes, a broken microsecond rounded up. */
    private static long share(Limit limit) {
        return (micros(limit) + limit.count() - 1) / limit.count();
    }

    private static long micros(Limit limit) {
        return micros(limit.window());
    }

    private static long micros(Duration duration) {
        return MICROSECONDS.convert(duration);
    }
}
