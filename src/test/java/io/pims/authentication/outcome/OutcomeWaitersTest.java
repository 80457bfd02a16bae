package io.pims.authentication.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.outcome.OutcomeWaiters.Waiter;
import io.pims.authentication.transaction.FixedTransactionConfig;
import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.TransactionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutcomeWaitersTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);
    private static final Transaction OUTCOME = new Transaction(ONE, TransactionStatus.SUCCEEDED, null);

    private final OutcomeWaiters outcomes = outcomes(3);

    @Test
    void an_outcome_between_registration_and_wait_is_not_missed() {
        Waiter waiter = outcomes.register(ONE).orElseThrow();

        outcomes.publish(OUTCOME);

        assertThat(wait(waiter, LONG_ENOUGH)).contains(OUTCOME);
    }

    @Test
    void an_outcome_wakes_all_who_wait_for_it_and_nobody_else() {
        CompletableFuture<Optional<Transaction>> first =
                begin(outcomes.register(ONE).orElseThrow());
        CompletableFuture<Optional<Transaction>> second =
                begin(outcomes.register(ONE).orElseThrow());
        CompletableFuture<Optional<Transaction>> other =
                begin(outcomes.register(TWO).orElseThrow());

        outcomes.publish(OUTCOME);

        assertThat(first.join()).contains(OUTCOME);
        assertThat(second.join()).contains(OUTCOME);
        assertThat(other).isNotDone();
    }

    @Test
    void the_first_outcome_stands_because_a_final_state_never_changes() {
        Waiter waiter = outcomes.register(ONE).orElseThrow();

        outcomes.publish(OUTCOME);
        outcomes.publish(new Transaction(ONE, TransactionStatus.FAILED, null));

        assertThat(wait(waiter, LONG_ENOUGH)).contains(OUTCOME);
    }

    @Test
    void an_outcome_that_nobody_waits_for_is_forgotten() {
        outcomes.publish(OUTCOME);

        assertThat(outcomes.awaited()).isEmpty();
        assertThat(wait(outcomes.register(ONE).orElseThrow(), Duration.ofMillis(1)))
                .isEmpty();
    }

    @Test
    void a_wait_ends_empty_when_its_time_is_over() {
        assertThat(wait(outcomes.register(ONE).orElseThrow(), Duration.ofMillis(1)))
                .isEmpty();
    }

    /** {@code Prefer: wait=0} is a valid preference. */
    @Test
    void a_wait_of_no_time_tells_what_is_known() {
        Waiter before = outcomes.register(ONE).orElseThrow();
        Waiter after = outcomes.register(ONE).orElseThrow();

        assertThat(wait(before, Duration.ZERO)).isEmpty();

        outcomes.publish(OUTCOME);

        assertThat(wait(after, Duration.ZERO)).contains(OUTCOME);
    }

    @Test
    void no_more_wait_than_there_are_places_and_a_closed_one_makes_room() {
        Waiter first = outcomes.register(ONE).orElseThrow();
        outcomes.register(ONE).orElseThrow();
        outcomes.register(TWO).orElseThrow();

        assertThat(outcomes.register(TWO)).isEmpty();

        first.close();

        assertThat(outcomes.register(TWO)).isPresent();
        assertThat(outcomes.register(TWO)).isEmpty();
    }

    @Test
    void closed_twice_it_makes_room_once() {
        Waiter closed = outcomes.register(ONE).orElseThrow();
        outcomes.register(ONE).orElseThrow();
        outcomes.register(ONE).orElseThrow();

        closed.close();
        closed.close();

        assertThat(outcomes.register(ONE)).isPresent();
        assertThat(outcomes.register(ONE)).isEmpty();
    }

    @Test
    void what_is_awaited_is_known_until_the_last_waiter_is_closed() {
        Waiter first = outcomes.register(ONE).orElseThrow();
        Waiter second = outcomes.register(ONE).orElseThrow();
        outcomes.register(TWO).orElseThrow();
        assertThat(outcomes.awaited()).containsExactlyInAnyOrder(ONE, TWO);

        first.close();
        assertThat(outcomes.awaited()).containsExactlyInAnyOrder(ONE, TWO);

        second.close();
        assertThat(outcomes.awaited()).containsExactly(TWO);
    }

    @Test
    void at_shutdown_all_are_let_go_with_what_is_known() {
        CompletableFuture<Optional<Transaction>> first =
                begin(outcomes.register(ONE).orElseThrow());
        CompletableFuture<Optional<Transaction>> second =
                begin(outcomes.register(TWO).orElseThrow());

        outcomes.release();

        assertThat(first.join()).isEmpty();
        assertThat(second.join()).isEmpty();
    }

    @Test
    void places_hold_under_parallel_registration_and_none_gets_lost() throws Exception {
        OutcomeWaiters shared = outcomes(5);
        Callable<Integer> work = () -> {
            int refused = 0;
            for (int round = 0; round < 2_000; round++) {
                Optional<Waiter> waiter = shared.register(new UUID(0, round % 3));
                waiter.ifPresent(Waiter::close);
                refused += waiter.isEmpty() ? 1 : 0;
            }
            return refused;
        };

        ExecutorService executor = Executors.newFixedThreadPool(8);
        List<Future<Integer>> running =
                IntStream.range(0, 8).mapToObj(i -> executor.submit(work)).toList();
        for (Future<Integer> one : running) {
            assertThat(one.get()).isBetween(0, 2_000);
        }
        executor.shutdown();

        assertThat(shared.awaited()).isEmpty();
        assertThat(IntStream.range(0, 9).filter(i -> shared.register(ONE).isPresent()))
                .hasSize(5);
    }

    private static OutcomeWaiters outcomes(int waiters) {
        return new OutcomeWaiters(new FixedTransactionConfig(0, waiters));
    }

    private static CompletableFuture<Optional<Transaction>> begin(Waiter waiter) {
        return waiter.await(LONG_ENOUGH).subscribeAsCompletionStage();
    }

    private static Optional<Transaction> wait(Waiter waiter, Duration atMost) {
        return waiter.await(atMost).await().indefinitely();
    }
}
