package io.pims.authentication.transaction;

import static java.util.stream.Collectors.toSet;

import io.pims.authentication.code.CodeReference;
import io.pims.authentication.database.ColumnArrays;
import io.pims.authentication.outcome.TransactionFinisher;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.StreamSupport;

/**
 * The guarded transitions of a transaction before its end ({@link TransactionFinisher}): each is one statement in a SQL transaction
 * of its own, and each says whether it was this replica that made it. Those of known ids do not ask for {@code status =
 * 'PENDING'}, as PostgreSQL would go through the index of all that are pending.
 */
@ApplicationScoped
public class Claims {

    /** A transaction past its deadline is claimed too, to be FAILED, but that is no attempt. */
    private static final String CLAIM = """
            UPDATE sms_transaction
            SET lease = lease + 1, lease_owner = $1, lease_until = now() + make_interval(secs => $2),
                attempts = attempts + CASE WHEN deadline > now() THEN 1 ELSE 0 END
            WHERE id = ANY(ARRAY(
                SELECT id FROM sms_transaction
                WHERE status = 'PENDING' AND lease_until <= now() AND id <> ALL($4)
                ORDER BY lease_until LIMIT $3
                FOR UPDATE SKIP LOCKED))
            RETURNING id, lease, attempts, user_id, type, number, number_key_id, number_hash, code_id, code_key_id,
                code_expires_at, language, brand, trace_parent,
                CAST(extract(epoch FROM deadline - now()) * 1000 AS bigint) AS deadline_ms,
                CAST(extract(epoch FROM code_expires_at - now()) * 1000 AS bigint) AS code_ms
            """;

    private static final String RETRY = """
            UPDATE sms_transaction SET attempts = attempts + 1, attempt_log = attempt_log || $3
            WHERE id = $1 AND lease = $2 AND finished_at IS NULL
            """;

    /** Of a transaction that is held under two leases, the later one: {@code array_position} finds one of each. */
    static final String RENEW = """
            UPDATE sms_transaction SET lease_until = now() + make_interval(secs => $4)
            WHERE id = ANY($1::uuid[]) AND lease = ($2::int[])[array_position($1::uuid[], id)]
                AND lease_owner = $3 AND finished_at IS NULL
            RETURNING id, lease
            """;

    static final String HAND_BACK = """
            UPDATE sms_transaction SET lease_owner = NULL, lease_until = now()
            WHERE id = ANY($1::uuid[]) AND lease = ($2::int[])[array_position($1::uuid[], id)]
                AND lease_owner = $3 AND finished_at IS NULL
            """;

    private static final String HAND_BACK_ONE = """
            UPDATE sms_transaction SET lease_owner = NULL, lease_until = now()
            WHERE id = $1 AND lease = $2 AND finished_at IS NULL
            """;

    private final Pool pool;
    private final InFlight inFlight;
    private final TransactionConfig config;

    public Claims(Pool pool, InFlight inFlight, TransactionConfig config) {
        this.pool = pool;
        this.inFlight = inFlight;
        this.config = config;
    }

    /**
     * Claims up to so many transactions that nobody works on, the longest waiting first. What this replica works on is
     * left out, for its lease may have run out while the database was away.
     */
    public Uni<List<Claim>> claim(int atMost) {
        long askedAt = inFlight.now();
        UUID[] held = inFlight.transactions().toArray(UUID[]::new);
        return run(CLAIM, Tuple.of(inFlight.replica(), seconds(config.lease()), atMost, held))
                .map(rows -> {
                    List<Claim> claims = claims(rows);
                    claims.forEach(claim -> inFlight.hold(claim.heldLease(), askedAt));
                    return claims;
                });
    }

    /** Counts the next attempt before it is made, and leaves the trace of the one before. */
    public Uni<Boolean> retry(Claim claim, SendAttempt before) {
        return run(RETRY, Tuple.of(claim.id(), claim.lease(), before.json())).map(rows -> rows.rowCount() == 1);
    }

    /** Prolongs the leases of all that this replica works on. */
    public Uni<Void> renew() {
        Set<HeldLease> asked = inFlight.renewable();
        if (asked.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        long askedAt = inFlight.now();
        ColumnArrays<HeldLease> holds = newest(asked);
        return run(RENEW, Tuple.of(ids(holds), leases(holds), inFlight.replica(), seconds(config.lease())))
                .invoke(rows -> inFlight.renewed(asked, holds(rows), askedAt))
                .replaceWithVoid();
    }

    /** Lets go of one transaction that another replica shall send. */
    public Uni<Boolean> handBack(Claim claim) {
        return run(HAND_BACK_ONE, Tuple.of(claim.id(), claim.lease())).map(rows -> rows.rowCount() == 1);
    }

    /** Lets go of transactions that another replica shall send. */
    public Uni<Void> handBack(Collection<HeldLease> all) {
        ColumnArrays<HeldLease> holds = newest(all);
        return run(HAND_BACK, Tuple.of(ids(holds), leases(holds), inFlight.replica()))
                .invoke(rows -> all.forEach(inFlight::release))
                .replaceWithVoid();
    }

    private static ColumnArrays<HeldLease> newest(Collection<HeldLease> holds) {
        Map<UUID, HeldLease> newest = new HashMap<>();
        holds.forEach(hold -> newest.merge(
                hold.transaction(), hold, BinaryOperator.maxBy(Comparator.comparingInt(HeldLease::lease))));
        return new ColumnArrays<>(List.copyOf(newest.values()));
    }

    private static UUID[] ids(ColumnArrays<HeldLease> holds) {
        return holds.of(UUID[]::new, HeldLease::transaction);
    }

    private static Integer[] leases(ColumnArrays<HeldLease> holds) {
        return holds.of(Integer[]::new, HeldLease::lease);
    }

    /** On a connection of its own: a query of the pool's own leaves a timer behind where there is none to be had. */
    private Uni<RowSet<Row>> run(String sql, Tuple parameters) {
        return pool.withConnection(connection -> connection.preparedQuery(sql).execute(parameters));
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Set<HeldLease> holds(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new HeldLease(row.getUUID("id"), row.getInteger("lease")))
                .collect(toSet());
    }

    private static List<Claim> claims(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(Claims::claim)
                .toList();
    }

    private static Claim claim(Row row) {
        SmsOrder order = new SmsOrder(
                row.getString("user_id"),
                row.getString("type"),
                row.getBuffer("number").getBytes(),
                row.getString("number_key_id"),
                row.getBuffer("number_hash").getBytes(),
                code(row),
                row.getString("language"),
                row.getString("brand"),
                Optional.ofNullable(row.getString("trace_parent")));
        return new Claim(
                row.getUUID("id"),
                row.getInteger("lease"),
                row.getInteger("attempts"),
                Duration.ofMillis(row.getLong("deadline_ms")),
                Optional.ofNullable(row.getLong("code_ms")).map(Duration::ofMillis),
                order);
    }

    private static Optional<CodeReference> code(Row row) {
        return Optional.ofNullable(row.getUUID("code_id"))
                .map(id -> new CodeReference(
                        id,
                        row.getString("code_key_id"),
                        row.get(OffsetDateTime.class, "code_expires_at").toInstant()));
    }
}
