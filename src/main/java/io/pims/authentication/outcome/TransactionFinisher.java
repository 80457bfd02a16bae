package io.pims.authentication.outcome;

import static java.util.stream.Collectors.toSet;

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
import io.pims.authentication.transaction.TransactionStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Ends transactions and tells all replicas. Those that end while others are being written share the next statement;
 * each is guarded by its own lease.
 */
@ApplicationScoped
public class TransactionFinisher {

    private static final int LANES = 2;
    private static final int BATCH = 64;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** What is in flight has to end, however long that takes. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    /**
     * By position in the arrays and not by a join with them: where a renewal of the leases comes between, PostgreSQL looks
     * at the rows again (READ COMMITTED), and with a join it then finds only the first of them. Not {@code status =
     * 'PENDING'}, as PostgreSQL would go through the index of all that are pending.
     */
    static final String FINISH = """
            WITH done AS (
                UPDATE sms_transaction
                SET status = ($3::text[])[array_position($1::uuid[], id)],
                    error_code = ($4::int[])[array_position($1::uuid[], id)],
                    provider_message_id = ($5::text[])[array_position($1::uuid[], id)],
                    attempt_log = attempt_log || (($6::text[])[array_position($1::uuid[], id)])::jsonb,
                    finished_at = now()
                WHERE id = ANY($1::uuid[]) AND lease = ($2::int[])[array_position($1::uuid[], id)]
                    AND finished_at IS NULL
                RETURNING id, lease, status, error_code)
            SELECT done.id, done.lease FROM done
            CROSS JOIN LATERAL pg_notify('%s', concat_ws(' ', done.id, done.status, done.error_code))
            """.formatted(OutcomeWaiters.CHANNEL);

    /** What this replica holds ($3) is its own to end, though the lease ran out while the database was away. */
    static final String EXPIRE = """
            WITH done AS (
                UPDATE sms_transaction
                SET status = 'FAILED', error_code = $1, finished_at = now()
                WHERE id = ANY(ARRAY(
                    SELECT id FROM sms_transaction
                    WHERE status = 'PENDING' AND lease_until <= now() AND deadline <= now() AND id <> ALL($3)
                    ORDER BY lease_until LIMIT $2
                    FOR UPDATE SKIP LOCKED))
                RETURNING id, status, error_code)
            SELECT done.id FROM done
            CROSS JOIN LATERAL pg_notify('%s', concat_ws(' ', done.id, done.status, done.error_code))
            """.formatted(OutcomeWaiters.CHANNEL);

    private record Finish(
            Claim claim, TransactionStatus status, ErrorCode error, String providerMessageId, SendAttempt last) {

        Transaction transaction() {
            return new Transaction(claim.id(), status, error);
        }
    }

    private final Pool pool;
    private final InFlight inFlight;
    private final OutcomeWaiters waiters;
    private final Coalescer<Finish, Boolean> finishes;

    public TransactionFinisher(
            Pool pool, Vertx vertx, TransactionConfig config, InFlight inFlight, OutcomeWaiters waiters) {
        this.pool = pool;
        this.inFlight = inFlight;
        this.waiters = waiters;
        // What is in flight ends once, so the queue has a place for each.
        this.finishes = new Coalescer<>(
                LANES,
                BATCH,
                config.inFlight(),
                PATIENCE,
                LONGEST,
                LONGEST,
                Coalescer.onFreshContexts(vertx),
                this::finish);
    }

    /** Ends a transaction whose SMS the provider took; false if it was not this replica's any more. */
    public Uni<Boolean> succeed(Claim claim, String providerMessageId, SendAttempt last) {
        return finish(new Finish(claim, TransactionStatus.SUCCEEDED, null, providerMessageId, last));
    }

    /** Ends a transaction whose SMS will not be sent; {@code last} is null if the provider was not called. */
    public Uni<Boolean> fail(Claim claim, ErrorCode error, SendAttempt last) {
        return finish(new Finish(claim, TransactionStatus.FAILED, error, null, last));
    }

    /**
     * Ends up to so many transactions that nobody works on and that are past their deadline: that needs no place in
     * flight, so it does not wait until there is one.
     *
     * @return those that it ended
     */
    public Uni<List<UUID>> expire(int atMost) {
        Tuple parameters = Tuple.of(
                ErrorCode.TIMEOUT.code(), atMost, inFlight.transactions().toArray(UUID[]::new));
        return pool.withConnection(
                        connection -> connection.preparedQuery(EXPIRE).execute(parameters))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("id"))
                        .toList())
                .invoke(expired -> expired.forEach(
                        id -> waiters.publish(new Transaction(id, TransactionStatus.FAILED, ErrorCode.TIMEOUT))));
    }

    private Uni<Boolean> finish(Finish finish) {
        return Uni.createFrom().completionStage(() -> finishes.submit(finish));
    }

    private Uni<List<Boolean>> finish(List<Finish> batch) {
        Spans.about(() -> batch.stream().map(finish -> finish.claim().id()));
        return pool.withConnection(
                        connection -> connection.preparedQuery(FINISH).execute(columns(newest(batch))))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new HeldLease(row.getUUID("id"), row.getInteger("lease")))
                        .collect(toSet()))
                .invoke(ours -> wake(batch, ours))
                .map(ours -> batch.stream()
                        .map(finish -> ours.contains(finish.claim().heldLease()))
                        .toList());
    }

    private void wake(List<Finish> batch, Set<HeldLease> ours) {
        batch.stream()
                .filter(finish -> ours.contains(finish.claim().heldLease()))
                .map(Finish::transaction)
                .forEach(waiters::publish);
    }

    /** Of two that end one transaction the one under the later lease: an earlier one changes nothing any more. */
    private static List<Finish> newest(List<Finish> batch) {
        Map<UUID, Finish> newest = new LinkedHashMap<>();
        for (Finish finish : batch) {
            newest.merge(
                    finish.claim().id(),
                    finish,
                    (one, other) -> one.claim().lease() >= other.claim().lease() ? one : other);
        }
        return List.copyOf(newest.values());
    }

    private static Tuple columns(List<Finish> batch) {
        ColumnArrays<Finish> columns = new ColumnArrays<>(batch);
        return Tuple.of(
                columns.of(UUID[]::new, finish -> finish.claim().id()),
                columns.of(Integer[]::new, finish -> finish.claim().lease()),
                columns.of(String[]::new, finish -> finish.status().name()),
                columns.of(
                        Integer[]::new,
                        finish -> Optional.ofNullable(finish.error())
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
