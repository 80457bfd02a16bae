package io.pims.authentication.outcome;

import io.pims.authentication.database.Coalescer;
import io.pims.authentication.database.ColumnArrays;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.tracing.Spans;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.HeldLease;
import io.pims.authentication.transaction.InFlight;
import io.pims.authentication.transaction.SendAttempt;
import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.TransactionConfig;
import io.pims.authentication.transaction.TransactionRows;
import io.pims.authentication.transaction.TransactionStatus;
import io.pims.authentication.transaction.TransactionTable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Makes transactions final and notifies all replicas. Those that end while a statement is under way share the next one;
 * each is guarded by its own lease.
 */
@ApplicationScoped
public class TransactionFinisher {

    private static final int LANES = 1;
    private static final int BATCH_SIZE = 64;
    private static final Duration LONGEST_BATCH = Duration.ofSeconds(10);

    /** A transaction in flight must end, however long that takes. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private record Finish(HeldLease lease, Transaction outcome, String providerMessageId, SendAttempt last) {}

    private final Pool pool;
    private final InFlight inFlight;
    private final OutcomeWaiters waiters;
    private final Coalescer<Finish, Boolean> finishes;

    public TransactionFinisher(
            Pool pool, Vertx vertx, TransactionConfig config, InFlight inFlight, OutcomeWaiters waiters) {
        this.pool = pool;
        this.inFlight = inFlight;
        this.waiters = waiters;
        // The queue has a place for each transaction in flight: it ends once.
        this.finishes = new Coalescer<>(
                LANES,
                BATCH_SIZE,
                config.inFlight(),
                PATIENCE,
                LONGEST_BATCH,
                LONGEST_BATCH,
                Coalescer.onFreshContexts(vertx),
                this::finish);
    }

    /** Ends a transaction whose SMS the provider took. Returns false if this replica has lost it. */
    public Uni<Boolean> succeed(Claim claim, String providerMessageId, SendAttempt last) {
        return finish(new Finish(
                claim.heldLease(),
                new Transaction(claim.id(), TransactionStatus.SUCCEEDED, null),
                providerMessageId,
                last));
    }

    /**
     * Ends a transaction whose SMS is not sent.
     *
     * @param last null if the provider was not called
     * @return false if this replica has lost it
     */
    public Uni<Boolean> fail(Claim claim, ErrorCode error, SendAttempt last) {
        return finish(new Finish(
                claim.heldLease(), new Transaction(claim.id(), TransactionStatus.FAILED, error), null, last));
    }

    /**
     * Fails transactions that are past their deadline and that nobody works on. This needs no place in flight.
     *
     * @param atMost how many
     * @return the ids of those that it failed
     */
    public Uni<List<UUID>> expire(int atMost) {
        Tuple parameters = Tuple.of(
                ErrorCode.TIMEOUT.code(), atMost, inFlight.transactions().toArray(UUID[]::new));
        return pool.withConnection(connection ->
                        connection.preparedQuery(TransactionTable.EXPIRE).execute(parameters))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList())
                .invoke(expired -> expired.forEach(
                        id -> waiters.publish(new Transaction(id, TransactionStatus.FAILED, ErrorCode.TIMEOUT))));
    }

    private Uni<Boolean> finish(Finish finish) {
        return Uni.createFrom().completionStage(() -> finishes.submit(finish));
    }

    private Uni<List<Boolean>> finish(List<Finish> batch) {
        Spans.about(() -> batch.stream().map(finish -> finish.lease().transaction()));
        return pool.withConnection(connection ->
                        connection.preparedQuery(TransactionTable.FINISH).execute(columns(batch)))
                .map(TransactionRows::leases)
                .invoke(ours -> wake(batch, ours))
                .map(ours -> batch.stream()
                        .map(finish -> ours.contains(finish.lease()))
                        .toList());
    }

    private void wake(List<Finish> batch, Set<HeldLease> ours) {
        batch.stream()
                .filter(finish -> ours.contains(finish.lease()))
                .map(Finish::outcome)
                .forEach(waiters::publish);
    }

    private static Tuple columns(List<Finish> batch) {
        ColumnArrays<Finish> columns = new ColumnArrays<>(HeldLease.latest(batch, Finish::lease));
        return Tuple.of(
                columns.of(UUID[]::new, finish -> finish.lease().transaction()),
                columns.of(Integer[]::new, finish -> finish.lease().lease()),
                columns.of(String[]::new, finish -> finish.outcome().status().name()),
                columns.of(
                        Integer[]::new,
                        finish -> Optional.ofNullable(finish.outcome().error())
                                .map(ErrorCode::code)
                                .orElse(null)),
                columns.of(String[]::new, Finish::providerMessageId),
                columns.of(
                        String[]::new,
                        finish -> finish.last() == null
                                ? "[]"
                                : finish.last().json().encode()));
    }
}
