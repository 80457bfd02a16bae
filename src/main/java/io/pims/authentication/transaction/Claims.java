package io.pims.authentication.transaction;

import static io.pims.authentication.transaction.TransactionRows.seconds;

import io.pims.authentication.database.ColumnArrays;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Takes, prolongs and gives back leases on PENDING transactions. Each transition is one guarded statement in a SQL
 * transaction of its own.
 */
@ApplicationScoped
public class Claims {

    private final Pool pool;
    private final InFlight inFlight;
    private final TransactionConfig config;

    public Claims(Pool pool, InFlight inFlight, TransactionConfig config) {
        this.pool = pool;
        this.inFlight = inFlight;
        this.config = config;
    }

    /**
     * Claims transactions that nobody works on, the longest waiting first. It leaves out what this replica works on: such
     * a lease may have run out while the database was away.
     *
     * @param atMost how many
     */
    public Uni<List<Claim>> claim(int atMost) {
        long askedAt = inFlight.now();
        UUID[] held = inFlight.transactions().toArray(UUID[]::new);
        return run(TransactionTable.CLAIM, Tuple.of(inFlight.replica(), seconds(config.lease()), atMost, held))
                .map(rows -> rows.stream().map(TransactionRows::claim).toList())
                .invoke(claims -> claims.forEach(claim -> inFlight.hold(claim.heldLease(), askedAt)));
    }

    /**
     * Counts the next attempt before it is made, and logs the one before on the row.
     *
     * @return false if the lease is lost
     */
    public Uni<Boolean> retry(Claim claim, SendAttempt before) {
        return run(TransactionTable.RETRY, Tuple.of(claim.id(), claim.lease(), before.json()))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Prolongs the leases of all that this replica works on. */
    public Uni<Void> renew() {
        Set<HeldLease> asked = inFlight.renewable();
        if (asked.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        long askedAt = inFlight.now();
        ColumnArrays<HeldLease> leases = latest(asked);
        return run(
                        TransactionTable.RENEW,
                        Tuple.of(ids(leases), numbers(leases), inFlight.replica(), seconds(config.lease())))
                .invoke(rows -> inFlight.renewed(asked, TransactionRows.leases(rows), askedAt))
                .replaceWithVoid();
    }

    /** Gives transactions back, for another replica to send. */
    public Uni<Void> handBack(Collection<HeldLease> all) {
        return handBack(all, null);
    }

    /**
     * Gives a transaction back, for another replica to send.
     *
     * @param last the last call if it is not logged yet, else null
     */
    public Uni<Void> handBack(Claim claim, SendAttempt last) {
        return handBack(Set.of(claim.heldLease()), last);
    }

    private Uni<Void> handBack(Collection<HeldLease> all, SendAttempt last) {
        ColumnArrays<HeldLease> leases = latest(all);
        String json = last == null ? null : last.json().encode();
        return run(
                        TransactionTable.HAND_BACK,
                        Tuple.of(
                                ids(leases),
                                numbers(leases),
                                inFlight.replica(),
                                leases.of(String[]::new, lease -> json)))
                .invoke(rows -> all.forEach(inFlight::release))
                .replaceWithVoid();
    }

    private static ColumnArrays<HeldLease> latest(Collection<HeldLease> leases) {
        return new ColumnArrays<>(HeldLease.latest(leases, lease -> lease));
    }

    private static UUID[] ids(ColumnArrays<HeldLease> leases) {
        return leases.of(UUID[]::new, HeldLease::transaction);
    }

    private static Integer[] numbers(ColumnArrays<HeldLease> leases) {
        return leases.of(Integer[]::new, HeldLease::lease);
    }

    /** Borrows a connection first: if there is none, a query of the pool's own leaves a timer behind. */
    private Uni<RowSet<Row>> run(String sql, Tuple parameters) {
        return pool.withConnection(connection -> connection.preparedQuery(sql).execute(parameters));
    }
}
