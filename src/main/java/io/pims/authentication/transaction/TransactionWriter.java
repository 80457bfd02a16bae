package io.pims.authentication.transaction;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Records requests for codes, many in one statement, within the SQL transaction on the connection. */
@ApplicationScoped
public class TransactionWriter {

    private final TransactionConfig config;
    private final InFlight inFlight;

    public TransactionWriter(TransactionConfig config, InFlight inFlight) {
        this.config = config;
        this.inFlight = inFlight;
    }

    /** A user and the idempotency key of his request. */
    public record UserKey(String user, String key) {}

    /** Records all of them as PENDING. If it fails, none is recorded. */
    public Uni<Void> record(SqlConnection connection, List<NewTransaction> transactions) {
        return connection
                .preparedQuery(TransactionTable.INSERT)
                .execute(TransactionRows.inserted(transactions, inFlight.replica(), config.lease()))
                .replaceWithVoid();
    }

    /** Returns the right to send what was just recorded; empty if it waits for a replica to claim it. */
    public Optional<Claim> claim(NewTransaction transaction) {
        if (!transaction.heldHere()) {
            return Optional.empty();
        }
        Claim claim = new Claim(
                transaction.id(),
                HeldLease.FIRST_LEASE,
                1,
                transaction.deadline().left(),
                transaction.order().code().map(code -> Duration.between(transaction.at(), code.expiresAt())),
                transaction.order());
        inFlight.recorded(claim.heldLease());
        return Optional.of(claim);
    }

    /** Returns what was recorded earlier under these keys. */
    public Uni<Map<UserKey, Replay>> replays(SqlConnection connection, Collection<UserKey> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return connection
                .preparedQuery(TransactionTable.FIND_REPLAYS)
                .execute(Tuple.of(
                        keys.stream().map(UserKey::user).toArray(String[]::new),
                        keys.stream().map(UserKey::key).toArray(String[]::new)))
                .map(rows -> rows.stream()
                        .collect(toMap(
                                row -> new UserKey(row.getString("by_user"), row.getString("under")),
                                TransactionRows::replay)));
    }

    /** Returns those of the ids that are recorded. A connection that breaks during a commit leaves this open. */
    public Uni<Set<UUID>> recorded(SqlConnection connection, Collection<UUID> ids) {
        return connection
                .preparedQuery(TransactionTable.FIND_RECORDED)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).collect(toSet()));
    }
}
