package io.pims.authentication.outcome;

import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.TransactionConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * The requests that wait for a transaction to become final. They cost no query: this replica wakes them when it finishes
 * the transaction, and {@link OutcomeListener} when another one does.
 */
@ApplicationScoped
public class OutcomeWaiters {

    private final Map<UUID, Queue<CompletableFuture<Transaction>>> waiting = new ConcurrentHashMap<>();
    private final Semaphore places;

    public OutcomeWaiters(TransactionConfig config) {
        this.places = new Semaphore(config.waiters());
    }

    /** A waiting request. It is registered before the state is read, so that it misses no outcome. */
    public final class Waiter implements AutoCloseable {

        private final UUID id;
        private final CompletableFuture<Transaction> outcome = new CompletableFuture<>();

        private Waiter(UUID id) {
            this.id = id;
        }

        /** Wakes this waiter alone, if the transaction is final. */
        public void tell(Transaction transaction) {
            if (transaction.status().isFinal()) {
                outcome.complete(transaction);
            }
        }

        /** Returns the final transaction; empty if the time is over first. */
        public Uni<Optional<Transaction>> await(Duration atMost) {
            if (atMost.isZero()) {
                return Uni.createFrom().item(Optional.ofNullable(outcome.getNow(null)));
            }
            return Uni.createFrom()
                    .completionStage(outcome)
                    .map(Optional::ofNullable)
                    .ifNoItem()
                    .after(atMost)
                    .recoverWithItem(Optional.empty());
        }

        @Override
        public void close() {
            waiting.computeIfPresent(id, (key, waiters) -> {
                if (waiters.remove(outcome)) {
                    places.release();
                }
                return waiters.isEmpty() ? null : waiters;
            });
        }
    }

    /** Registers a waiter, which must be closed. Returns empty if too many wait already. */
    public Optional<Waiter> register(UUID id) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        Waiter waiter = new Waiter(id);
        waiting.compute(id, (key, waiters) -> {
            Queue<CompletableFuture<Transaction>> all = waiters == null ? new ConcurrentLinkedQueue<>() : waiters;
            all.add(waiter.outcome);
            return all;
        });
        return Optional.of(waiter);
    }

    /** Wakes all waiters of a final transaction. */
    void publish(Transaction outcome) {
        Queue<CompletableFuture<Transaction>> waiters = waiting.get(outcome.id());
        if (waiters != null) {
            waiters.forEach(waiter -> waiter.complete(outcome));
        }
    }

    /** Returns the ids of the transactions that have waiters. */
    Set<UUID> awaited() {
        return Set.copyOf(waiting.keySet());
    }

    /** Wakes all waiters without an outcome: the replica is shutting down. */
    public void release() {
        waiting.values().forEach(waiters -> waiters.forEach(waiter -> waiter.complete(null)));
    }
}
