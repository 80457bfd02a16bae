package io.pims.authentication.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.dispatch.RoadChoice.Next;
import io.pims.authentication.sms.SmsOutcome.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
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
        assertThat(two.next()).hasValue(SECOND);
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
        assertThat(two.next()).hasValue(SECOND);
        two.after(SECOND, Kind.UNREACHABLE, true);

        two.beginTurn();
        assertThat(two.next()).as("not by the first one again").hasValue(SECOND);
    }

    /** Else a driver would wait for a provider that has hung until the deadline. */
    @Test
    void a_turn_that_finds_the_breaker_open_is_one_of_those_that_an_unclear_outcome_costs() {
        turn(two, Kind.NO_ANSWER);
        two.beginTurn();
        assertThat(two.after(FIRST, Kind.NO_ANSWER, false)).isEqualTo(Next.TURN);
        assertThat(two.next()).isEmpty();
        two.beginTurn();
        assertThat(two.after(FIRST, Kind.NO_ANSWER, false)).isEqualTo(Next.ROAD);

        assertThat(two.after(SECOND, Kind.TRY_LATER, true)).isEqualTo(Next.TURN);
        two.beginTurn();
        assertThat(two.next()).as("it has unclear tries left").hasValue(FIRST);
    }

    @Test
    void a_refusal_of_the_number_does_not_move() {
        two.beginTurn();

        assertThat(two.after(FIRST, Kind.REFUSED, true)).isEqualTo(Next.NOTHING);
        assertThat(two.next()).isEmpty();
    }

    @Test
    void when_the_last_road_said_no_the_next_turn_begins_at_the_first_one() {
        two.beginTurn();
        two.after(FIRST, Kind.UNREACHABLE, true);
        assertThat(two.after(SECOND, Kind.TRY_LATER, true)).isEqualTo(Next.TURN);

        two.beginTurn();

        assertThat(two.next()).hasValue(FIRST);
    }

    @Test
    void a_road_that_does_not_take_our_account_is_asked_once() {
        two.beginTurn();
        two.after(FIRST, Kind.MISCONFIGURED, true);
        two.after(SECOND, Kind.UNREACHABLE, true);

        two.beginTurn();
        assertThat(two.next()).hasValue(SECOND);
        assertThat(two.after(SECOND, Kind.MISCONFIGURED, true)).isEqualTo(Next.NOTHING);
    }

    @Test
    void without_roads_there_is_none() {
        RoadChoice none = new RoadChoice(0, TRIES);
        none.beginTurn();

        assertThat(none.next()).isEmpty();
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
            OptionalInt road = choice.next();
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
                assertThat(choice.next()).as("a turn has a road").isPresent();
            }
        }
        return said;
    }

    private static Next turn(RoadChoice choice, Kind kind) {
        choice.beginTurn();
        return choice.after(choice.next().orElseThrow(), kind, true);
    }
}
