package io.pims.authentication.dispatch;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.dispatch.RoadChoice.Breakers;
import io.pims.authentication.dispatch.RoadChoice.Candidate;
import io.pims.authentication.dispatch.RoadChoice.Next;
import io.pims.authentication.sms.SmsOutcome.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoadChoiceTest {

    private static final int FIRST = 0;
    private static final int SECOND = 1;
    private static final int TRIES = 3;

    private final RoadChoice two = new RoadChoice(2, TRIES);

    /** What a road says; without a call it is what the breaker remembers. */
    private record Said(int road, Kind kind, boolean called, Next next) {

        boolean isUnclear() {
            return called && (kind == Kind.NO_ANSWER || kind == Kind.FAULT);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TRY_LATER", "UNREACHABLE", "MISCONFIGURED"})
    void what_certainly_sent_nothing_lets_the_next_road_have_it_at_once(Kind kind) {
        two.beginTurn();

        assertThat(two.after(FIRST, kind, true)).isEqualTo(Next.ROAD);
        assertThat(next(two)).hasValue(SECOND);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "NO_ANSWER", "FAULT"})
    void a_road_whose_breaker_is_open_is_passed_by(Kind opened) {
        two.beginTurn();

        assertThat(two.after(FIRST, opened, false)).isEqualTo(Next.ROAD);
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_ANSWER", "FAULT"})
    void an_unclear_outcome_moves_on_when_the_tries_of_its_road_are_used_up(Kind kind) {
        assertThat(turn(two, kind)).isEqualTo(Next.TURN);
        assertThat(turn(two, kind)).isEqualTo(Next.TURN);
        assertThat(turn(two, kind)).isEqualTo(Next.ROAD);
        assertThat(next(two)).hasValue(SECOND);
        two.after(SECOND, Kind.UNREACHABLE, true);

        two.beginTurn();
        assertThat(next(two)).as("not by the first one again").hasValue(SECOND);
    }

    /** Else a driver would wait for a provider that has hung until the deadline. */
    @Test
    void a_turn_that_finds_the_breaker_open_is_one_of_those_that_an_unclear_outcome_costs() {
        turn(two, Kind.NO_ANSWER);
        two.beginTurn();
        assertThat(two.after(FIRST, Kind.NO_ANSWER, false)).isEqualTo(Next.TURN);
        assertThat(next(two)).isEmpty();
        two.beginTurn();
        assertThat(two.after(FIRST, Kind.NO_ANSWER, false)).isEqualTo(Next.ROAD);

        assertThat(two.after(SECOND, Kind.TRY_LATER, true)).isEqualTo(Next.TURN);
        two.beginTurn();
        assertThat(next(two)).as("it has unclear tries left").hasValue(FIRST);
    }

    @Test
    void a_refusal_of_the_number_does_not_move() {
        two.beginTurn();

        assertThat(two.after(FIRST, Kind.REFUSED, true)).isEqualTo(Next.NOTHING);
        assertThat(next(two)).isEmpty();
    }

    @Test
    void when_the_last_road_said_no_the_next_turn_begins_at_the_first_one() {
        two.beginTurn();
        two.after(FIRST, Kind.UNREACHABLE, true);
        assertThat(two.after(SECOND, Kind.TRY_LATER, true)).isEqualTo(Next.TURN);

        two.beginTurn();

        assertThat(next(two)).hasValue(FIRST);
    }

    @Test
    void a_road_that_does_not_take_our_account_is_asked_once() {
        two.beginTurn();
        two.after(FIRST, Kind.MISCONFIGURED, true);
        two.after(SECOND, Kind.UNREACHABLE, true);

        two.beginTurn();
        assertThat(next(two)).hasValue(SECOND);
        assertThat(two.after(SECOND, Kind.MISCONFIGURED, true)).isEqualTo(Next.NOTHING);
    }

    @Test
    void an_open_road_is_asked_last_and_without_a_call() {
        two.beginTurn();

        assertThat(two.next(breakers(FIRST))).hasValue(new Candidate(SECOND, true));
        two.after(SECOND, Kind.TRY_LATER, true);
        assertThat(two.next(breakers(FIRST))).hasValue(new Candidate(FIRST, false));
    }

    @Test
    void the_first_turn_has_the_time_to_try_a_road_that_is_due() {
        two.beginTurn();

        assertThat(two.next(states(Set.of(FIRST), due(FIRST)))).hasValue(new Candidate(FIRST, true));
    }

    /** A road that throttles, or refuses the account, has a closed breaker. */
    @Test
    void a_later_turn_tries_a_road_that_is_due_once_the_closed_ones_did_not_take_the_SMS() {
        two.beginTurn();
        two.after(FIRST, Kind.UNREACHABLE, false);
        two.after(SECOND, Kind.TRY_LATER, true);
        two.beginTurn();
        Breakers due = states(Set.of(FIRST), due(FIRST));

        assertThat(two.next(due)).hasValue(new Candidate(SECOND, true));
        two.after(SECOND, Kind.TRY_LATER, true);
        assertThat(two.next(due)).hasValue(new Candidate(FIRST, true));
    }

    /** Each call by a road that hangs costs seconds, and the other one is waiting. */
    @Test
    void a_road_with_an_unclear_outcome_is_tried_again_while_it_is_due_only_if_no_other_one_is_closed() {
        turn(two, Kind.NO_ANSWER);
        two.beginTurn();

        assertThat(two.next(states(Set.of(FIRST), due(FIRST)))).hasValue(new Candidate(FIRST, false));
        assertThat(two.next(states(Set.of(FIRST, SECOND), due(FIRST)))).hasValue(new Candidate(FIRST, true));
    }

    @Test
    void the_only_road_asks_its_breaker_itself() {
        RoadChoice one = new RoadChoice(1, TRIES);
        one.beginTurn();

        assertThat(one.next(breakers(FIRST))).hasValue(new Candidate(FIRST, true));
    }

    @Test
    void a_rescue_remembers_the_unclear_calls_of_a_road_and_stays_on_it() {
        two.remember(SECOND, Kind.NO_ANSWER);

        assertThat(turn(two, Kind.NO_ANSWER)).isEqualTo(Next.TURN);
        assertThat(two.isKept(SECOND)).isTrue();
        assertThat(turn(two, Kind.NO_ANSWER)).isEqualTo(Next.ROAD);
        assertThat(next(two)).hasValue(FIRST);
    }

    /** The replica may have died between the call and the write of its outcome. */
    @Test
    void a_call_whose_road_nobody_knows_may_have_sent_the_SMS_by_the_first_choice() {
        two.remember(FIRST, Kind.MISCONFIGURED);
        two.remember(-1, Kind.NO_ANSWER);
        two.beginTurn();

        assertThat(two.isKept(SECOND)).isTrue();
        assertThat(next(two)).hasValue(SECOND);
    }

    @Test
    void a_rescue_leaves_out_what_is_used_up_and_forgets_what_sent_nothing() {
        two.remember(FIRST, Kind.TRY_LATER);
        two.remember(FIRST, Kind.UNREACHABLE);
        two.beginTurn();
        assertThat(next(two)).hasValue(FIRST);

        IntStream.range(0, TRIES).forEach(call -> two.remember(FIRST, Kind.FAULT));
        two.beginTurn();
        assertThat(next(two)).hasValue(SECOND);
        IntStream.range(0, TRIES + 1).forEach(call -> two.remember(-1, Kind.FAULT));
        two.beginTurn();
        assertThat(next(two)).isEmpty();
    }

    @Test
    void a_rescue_has_no_time_to_try_a_road_that_is_due_before_the_others() {
        two.remember(FIRST, Kind.UNREACHABLE);
        two.beginTurn();

        assertThat(two.next(states(Set.of(FIRST), due(FIRST)))).hasValue(new Candidate(SECOND, true));
    }

    @Test
    void another_road_is_one_that_is_closed_or_due_and_not_left_out() {
        two.beginTurn();
        assertThat(two.hasOther(FIRST, breakers())).isTrue();
        assertThat(two.hasOther(FIRST, breakers(SECOND))).isFalse();
        assertThat(two.hasOther(FIRST, states(Set.of(SECOND), due(SECOND)))).isTrue();

        two.after(SECOND, Kind.MISCONFIGURED, true);
        assertThat(two.hasOther(FIRST, breakers())).isFalse();
        assertThat(two.hasOther(SECOND, breakers())).isTrue();
    }

    @Test
    void a_road_with_an_unclear_outcome_is_kept() {
        turn(two, Kind.NO_ANSWER);

        assertThat(two.isKept(FIRST)).isTrue();
        assertThat(two.isKept(SECOND)).isFalse();
    }

    @Property
    void a_road_that_is_due_is_called_before_a_turn_ends_without_an_SMS(
            @ForAll @IntRange(min = 2, max = 8) int roads,
            @ForAll @Size(8) List<Boolean> isOpen,
            @ForAll @Size(8) List<Boolean> isDue,
            @ForAll @Size(min = 32, max = 32) List<Boolean> throttled,
            @ForAll @IntRange(min = 1, max = 4) int turns) {
        RoadChoice choice = new RoadChoice(roads, TRIES);
        Set<Integer> open = places(roads, isOpen);
        Set<Integer> leftOut = new HashSet<>();
        for (int turn = 0; turn < turns; turn++) {
            choice.beginTurn();
            Set<Integer> due = places(roads, isDue);
            due.retainAll(open);
            Breakers states = states(open, new HashSet<>(due));
            due.removeAll(leftOut);
            Set<Integer> called = new HashSet<>();
            for (Optional<Candidate> next = choice.next(states); next.isPresent(); next = choice.next(states)) {
                int road = next.get().road();
                if (next.get().admitted()) {
                    called.add(road);
                }
                Kind said = throttled.get(turn * 8 + road) ? Kind.TRY_LATER : Kind.MISCONFIGURED;
                if (next.get().admitted() && said == Kind.MISCONFIGURED) {
                    leftOut.add(road);
                }
                choice.after(
                        road,
                        next.get().admitted() ? said : Kind.UNREACHABLE,
                        next.get().admitted());
            }
            assertThat(called).containsAll(due);
        }
    }

    private static Set<Integer> places(int roads, List<Boolean> chosen) {
        return IntStream.range(0, roads).filter(chosen::get).boxed().collect(toCollection(HashSet::new));
    }

    @Test
    void without_roads_there_is_none() {
        RoadChoice none = new RoadChoice(0, TRIES);
        none.beginTurn();

        assertThat(next(none)).isEmpty();
    }

    @Property
    void nobody_is_asked_after_a_yes_or_a_final_no(
            @ForAll @IntRange(min = 1, max = 8) int roads,
            @ForAll @IntRange(min = 1, max = 10) int tries,
            @ForAll @Size(max = 200) List<Kind> kinds,
            @ForAll @Size(200) List<Boolean> called) {
        List<Said> said = run(roads, tries, kinds, called);

        assertThat(said.stream().limit(Math.max(0, said.size() - 1)))
                .noneMatch(each -> each.kind() == Kind.ACCEPTED || each.kind() == Kind.REFUSED);
    }

    @Property
    void unclear_calls_are_bounded_for_each_road(
            @ForAll @IntRange(min = 1, max = 8) int roads,
            @ForAll @IntRange(min = 1, max = 10) int tries,
            @ForAll @Size(max = 200) List<Kind> kinds,
            @ForAll @Size(200) List<Boolean> called) {
        List<Said> said = run(roads, tries, kinds, called);

        for (int road = 0; road < roads; road++) {
            int each = road;
            assertThat(said.stream().filter(one -> one.road() == each).filter(Said::isUnclear))
                    .hasSizeLessThanOrEqualTo(tries);
        }
    }

    @Property
    void in_a_turn_each_road_is_tried_once(
            @ForAll @IntRange(min = 1, max = 8) int roads,
            @ForAll @IntRange(min = 1, max = 10) int tries,
            @ForAll @Size(max = 200) List<Kind> kinds,
            @ForAll @Size(200) List<Boolean> called) {
        List<Integer> turn = new ArrayList<>();
        for (Said each : run(roads, tries, kinds, called)) {
            turn.add(each.road());
            assertThat(turn).doesNotHaveDuplicates();
            if (each.next() == Next.TURN) {
                turn.clear();
            }
        }
    }

    /** Counts by itself how many turns are owed to a road whose outcome is unclear. */
    @Property
    void no_other_road_is_tried_while_an_outcome_is_unclear_and_its_road_has_tries_left(
            @ForAll @IntRange(min = 2, max = 8) int roads,
            @ForAll @IntRange(min = 1, max = 10) int tries,
            @ForAll @Size(max = 200) List<Kind> kinds,
            @ForAll @Size(200) List<Boolean> called) {
        int[] unclear = new int[roads];
        int owedTo = -1;
        int owed = 0;
        for (Said each : run(roads, tries, kinds, called)) {
            if (owed > 0) {
                assertThat(each.road()).isEqualTo(owedTo);
                owed--;
            } else if (each.isUnclear()) {
                owedTo = each.road();
                owed = tries - 1;
            }
            if (each.isUnclear()) {
                unclear[each.road()]++;
            }
            if (each.kind() == Kind.MISCONFIGURED || unclear[each.road()] == tries) {
                owed = 0;
            }
        }
    }

    @Property
    void it_ends_only_when_no_road_may_be_tried(
            @ForAll @IntRange(min = 1, max = 8) int roads,
            @ForAll @IntRange(min = 1, max = 10) int tries,
            @ForAll @Size(min = 200, max = 200) List<Kind> kinds,
            @ForAll @Size(200) List<Boolean> called) {
        List<Said> said = run(roads, tries, kinds, called);
        Said last = said.get(said.size() - 1);
        if (last.next() != Next.NOTHING || last.kind() == Kind.ACCEPTED || last.kind() == Kind.REFUSED) {
            return;
        }

        for (int road = 0; road < roads; road++) {
            int each = road;
            List<Said> ofRoad = said.stream().filter(one -> one.road() == each).toList();
            assertThat(ofRoad.stream().anyMatch(one -> one.kind() == Kind.MISCONFIGURED)
                            || ofRoad.stream().filter(Said::isUnclear).count() == tries)
                    .as("road %d of %s", road, said)
                    .isTrue();
        }
    }

    /** Follows the choice until it ends, or there is nothing more to say. */
    private static List<Said> run(int roads, int tries, List<Kind> kinds, List<Boolean> called) {
        RoadChoice choice = new RoadChoice(roads, tries);
        List<Said> said = new ArrayList<>();
        choice.beginTurn();
        for (Kind kind : kinds) {
            OptionalInt road = next(choice);
            if (road.isEmpty()) {
                assertThat(said.get(said.size() - 1).next()).isEqualTo(Next.NOTHING);
                break;
            }
            // A breaker remembers failures only.
            boolean call = called.get(said.size())
                    || List.of(Kind.ACCEPTED, Kind.REFUSED, Kind.MISCONFIGURED).contains(kind);
            Next next = choice.after(road.getAsInt(), kind, call);
            said.add(new Said(road.getAsInt(), kind, call, next));
            if (next == Next.TURN) {
                choice.beginTurn();
                assertThat(next(choice)).as("a turn has a road").isPresent();
            }
        }
        return said;
    }

    private static Next turn(RoadChoice choice, Kind kind) {
        choice.beginTurn();
        return choice.after(next(choice).orElseThrow(), kind, true);
    }

    private static OptionalInt next(RoadChoice choice) {
        return choice.next(breakers()).map(Candidate::road).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** Closed but for those given, which are not due. */
    private static Breakers breakers(Integer... open) {
        return states(Set.of(open), new HashSet<>());
    }

    /** Of those that are due, the first who asks may probe. */
    private static Breakers states(Set<Integer> open, Set<Integer> due) {
        return new Breakers() {

            @Override
            public boolean isClosed(int road) {
                return !open.contains(road);
            }

            @Override
            public boolean isDue(int road) {
                return due.contains(road);
            }

            @Override
            public boolean mayProbe(int road) {
                return due.remove(road);
            }
        };
    }

    private static Set<Integer> due(Integer... roads) {
        return new HashSet<>(Set.of(roads));
    }
}
