package io.pims.authentication.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);
    private static final HeldLease FIRST = new HeldLease(ONE, 1);
    private static final HeldLease SECOND = new HeldLease(ONE, 2);

    private long nanoTime = Long.MAX_VALUE - 5;
    private final InFlight inFlight = inFlight(2);

    private void pass(Duration time) {
        nanoTime += time.toNanos();
    }

    @Test
    void a_transaction_is_held_from_its_place_on_until_it_is_released() {
        boolean held = inFlight.tryHold(ONE);

        assertThat(held).isTrue();
        assertThat(inFlight.heldLeases()).containsExactly(FIRST);
        assertThat(inFlight.isEmpty()).isFalse();
        assertThat(inFlight.lasts(FIRST, LEASE)).isTrue();
        assertThat(inFlight.lasts(FIRST, LEASE.plusNanos(1))).isFalse();

        inFlight.release(ONE);

        assertThat(inFlight.heldLeases()).isEmpty();
        assertThat(inFlight.isEmpty()).isTrue();
        assertThat(inFlight.lasts(FIRST, Duration.ZERO)).isFalse();
    }

    /** Recorded without a place, and claimed by this replica's rescuer before the answer to the commit came. */
    @Test
    void the_end_of_one_lease_says_nothing_of_another_one() {
        inFlight.reserve(2);
        inFlight.hold(SECOND, nanoTime);

        inFlight.release(FIRST);
        inFlight.release(ONE);

        assertThat(inFlight.heldLeases()).containsExactly(SECOND);
        assertThat(inFlight.lasts(SECOND, LEASE)).isTrue();
    }

    @Test
    void a_later_claim_does_not_revive_an_earlier_one() {
        inFlight.reserve(2);
        inFlight.hold(FIRST, nanoTime);
        pass(LEASE);

        inFlight.hold(SECOND, nanoTime);

        assertThat(inFlight.lasts(FIRST, Duration.ofNanos(1))).isFalse();
        assertThat(inFlight.lasts(SECOND, LEASE)).isTrue();
    }

    @Test
    void a_lease_ends_by_the_time_that_passed() {
        inFlight.tryHold(ONE);

        pass(LEASE.minusSeconds(4));
        assertThat(inFlight.lasts(FIRST, Duration.ofSeconds(4))).isTrue();

        pass(Duration.ofNanos(1));
        assertThat(inFlight.lasts(FIRST, Duration.ofSeconds(4))).isFalse();
    }

    @Test
    void a_lease_that_could_not_be_renewed_is_lost_and_its_place_is_taken_until_the_work_ends() {
        inFlight.reserve(1);
        inFlight.hold(FIRST, nanoTime);
        Set<HeldLease> asked = inFlight.renewable();

        inFlight.renewed(asked, Set.of(), nanoTime);

        assertThat(inFlight.isLost(FIRST)).isTrue();
        assertThat(inFlight.lasts(FIRST, Duration.ZERO)).isFalse();
        assertThat(inFlight.heldLeases()).as("what may be claimed anew").isEmpty();
        assertThat(inFlight.reserve(5)).isEqualTo(1);

        inFlight.release(FIRST);

        assertThat(inFlight.reserve(5)).isEqualTo(1);
    }

    @Test
    void what_is_not_recorded_yet_is_neither_renewed_nor_lost() {
        inFlight.tryHold(ONE);
        assertThat(inFlight.renewable()).isEmpty();

        inFlight.recorded(FIRST);

        assertThat(inFlight.isLost(FIRST)).isFalse();
        assertThat(inFlight.renewable()).containsExactly(FIRST);
    }

    @Test
    void what_is_not_held_is_lost() {
        assertThat(inFlight.isLost(FIRST)).isTrue();
    }

    @Test
    void without_a_place_nothing_is_held() {
        inFlight.reserve(2);

        assertThat(inFlight.tryHold(ONE)).isFalse();
        assertThat(inFlight.isEmpty()).isTrue();
    }

    @Test
    void a_reservation_gets_what_is_there() {
        assertThat(inFlight.reserve(1)).isEqualTo(1);
        assertThat(inFlight.reserve(5)).isEqualTo(1);
        assertThat(inFlight.reserve(5)).isZero();

        inFlight.giveBack(2);

        assertThat(inFlight.reserve(5)).isEqualTo(2);
    }

    @Test
    void a_release_frees_one_place_once() {
        inFlight.tryHold(ONE);
        inFlight.tryHold(TWO);

        inFlight.release(ONE);
        inFlight.release(ONE);
        inFlight.release(new UUID(0, 3));

        assertThat(inFlight.reserve(5)).isEqualTo(1);
    }

    /** Its lease ran out here while the database was away, and the same replica's rescuer found it again. */
    @Test
    void a_transaction_that_is_claimed_again_has_a_place_for_each_piece_of_work_until_that_ends() {
        inFlight.tryHold(ONE);
        inFlight.reserve(1);
        inFlight.hold(SECOND, nanoTime);
        assertThat(inFlight.reserve(5)).isZero();

        inFlight.release(FIRST);
        inFlight.release(SECOND);

        assertThat(inFlight.reserve(5)).isEqualTo(2);
    }

    @Test
    void a_renewal_counts_from_before_the_question_and_revives_nothing() {
        inFlight.reserve(1);
        inFlight.hold(FIRST, nanoTime);
        long askedAt = nanoTime + Duration.ofSeconds(3).toNanos();
        pass(Duration.ofSeconds(4));

        inFlight.renewed(Set.of(FIRST, SECOND), Set.of(FIRST, SECOND), askedAt);

        assertThat(inFlight.lasts(FIRST, LEASE.minusSeconds(1))).isTrue();
        assertThat(inFlight.lasts(FIRST, LEASE.minusSeconds(1).plusNanos(1))).isFalse();
        assertThat(inFlight.heldLeases()).containsExactly(FIRST);
    }

    @Test
    void a_claim_counts_from_before_the_question() {
        inFlight.reserve(1);
        long askedAt = nanoTime;
        pass(Duration.ofSeconds(2));

        inFlight.hold(FIRST, askedAt);

        assertThat(inFlight.lasts(FIRST, LEASE.minusSeconds(2))).isTrue();
        assertThat(inFlight.lasts(FIRST, LEASE.minusSeconds(2).plusNanos(1))).isFalse();
    }

    @Test
    void a_replica_that_shuts_down_gives_no_place_and_keeps_what_it_holds() {
        inFlight.tryHold(ONE);

        inFlight.close();

        assertThat(inFlight.reserve(1)).isZero();
        assertThat(inFlight.tryHold(TWO)).isFalse();
        assertThat(inFlight.heldLeases()).containsExactly(FIRST);
    }

    @Test
    void every_replica_has_a_name_of_its_own() {
        assertThat(inFlight.replica()).isNotNull().isNotEqualTo(inFlight(2).replica());
        assertThat(inFlight.replica()).isEqualTo(inFlight.replica());
    }

    @Property
    void never_are_there_more_places_than_configured(
            @ForAll @IntRange(max = 20) int places, @ForAll List<@IntRange(max = 30) Integer> steps) {
        InFlight some = inFlight(places);
        int taken = 0;

        for (int step : steps) {
            if (step > 25 && taken > 0) {
                some.giveBack(1);
                taken--;
            } else {
                taken += some.reserve(step);
            }
            assertThat(taken).isLessThanOrEqualTo(places);
        }

        assertThat(taken + some.reserve(Integer.MAX_VALUE)).isEqualTo(places);
    }

    @Test
    void never_are_there_more_in_parallel_than_configured_and_none_gets_lost() throws Exception {
        int places = 7;
        int workers = 8;
        InFlight shared = inFlight(places);
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        Callable<Void> work = () -> {
            start.await();
            for (int round = 0; round < 2_000; round++) {
                UUID id = UUID.randomUUID();
                if (shared.tryHold(id)) {
                    most.accumulateAndGet(taken.incrementAndGet(), Math::max);
                    taken.decrementAndGet();
                    shared.release(id);
                }
                int reserved = shared.reserve(3);
                most.accumulateAndGet(taken.addAndGet(reserved), Math::max);
                taken.addAndGet(-reserved);
                shared.giveBack(reserved);
            }
            return null;
        };

        ExecutorService executor = Executors.newFixedThreadPool(workers);
        List<Future<Void>> running =
                IntStream.range(0, workers).mapToObj(i -> executor.submit(work)).toList();
        start.countDown();
        for (Future<Void> one : running) {
            one.get();
        }
        executor.shutdown();

        assertThat(most.get()).isBetween(1, places);
        assertThat(shared.reserve(Integer.MAX_VALUE)).isEqualTo(places);
        assertThat(shared.isEmpty()).isTrue();
    }

    private InFlight inFlight(int places) {
        return new InFlight(new FixedTransactionConfig(places, 0), () -> nanoTime);
    }

    @Test
    void half_of_the_places_are_for_new_requests_alone() {
        InFlight four = inFlight(4);
        HeldLease claimed = new HeldLease(UUID.randomUUID(), 2);

        assertThat(four.reserveForClaims(10)).isEqualTo(2);
        four.giveBack(1);
        four.hold(claimed, nanoTime);

        assertThat(four.placesForClaims()).isEqualTo(1);
        four.release(claimed);
        assertThat(four.placesForClaims()).isEqualTo(2);
    }

    @Test
    void new_requests_may_take_all_places() {
        InFlight two = inFlight(2);

        assertThat(two.tryHold(UUID.randomUUID())).isTrue();
        assertThat(two.tryHold(UUID.randomUUID())).isTrue();

        assertThat(two.reserveForClaims(1)).isZero();
    }
}
