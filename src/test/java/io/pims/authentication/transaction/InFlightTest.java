package io.pims.authentication.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant LEASE_END = NOW.plusSeconds(10);
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);

    private final InFlight inFlight = inFlight(2);

    @Test
    void a_transaction_is_held_from_its_place_on_until_it_is_released() {
        boolean held = inFlight.tryHold(ONE);

        assertThat(held).isTrue();
        assertThat(inFlight.transactions()).containsExactly(ONE);
        assertThat(inFlight.isEmpty()).isFalse();
        assertThat(inFlight.leaseEnd(ONE)).isEqualTo(LEASE_END);

        inFlight.release(ONE);

        assertThat(inFlight.transactions()).isEmpty();
        assertThat(inFlight.isEmpty()).isTrue();
        assertThat(inFlight.leaseEnd(ONE)).isEqualTo(Instant.MIN);
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
    void a_transaction_that_is_claimed_again_takes_one_place_only() {
        inFlight.tryHold(ONE);
        inFlight.reserve(1);
        inFlight.hold(ONE, NOW);

        inFlight.release(ONE);

        assertThat(inFlight.reserve(5)).isEqualTo(2);
    }

    @Test
    void a_renewal_counts_from_before_the_question_and_revives_nothing() {
        inFlight.tryHold(ONE);

        inFlight.renewed(List.of(ONE, TWO), NOW.plusSeconds(3));

        assertThat(inFlight.leaseEnd(ONE)).isEqualTo(LEASE_END.plusSeconds(3));
        assertThat(inFlight.transactions()).containsExactly(ONE);
    }

    @Test
    void a_claim_counts_from_before_the_question() {
        inFlight.reserve(1);

        inFlight.hold(ONE, NOW.minusSeconds(2));

        assertThat(inFlight.leaseEnd(ONE)).isEqualTo(LEASE_END.minusSeconds(2));
    }

    @Test
    void a_replica_that_shuts_down_gives_no_place_and_keeps_what_it_holds() {
        inFlight.tryHold(ONE);

        inFlight.close();

        assertThat(inFlight.reserve(1)).isZero();
        assertThat(inFlight.tryHold(TWO)).isFalse();
        assertThat(inFlight.transactions()).containsExactly(ONE);
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

    private static InFlight inFlight(int places) {
        return new InFlight(new FixedTransactionConfig(places, 0), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void half_of_the_places_are_for_new_requests_alone() {
        InFlight four = inFlight(4);
        UUID claimed = UUID.randomUUID();

        assertThat(four.reserveForClaims(10)).isEqualTo(2);
        four.giveBack(1);
        four.hold(claimed, NOW);

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
