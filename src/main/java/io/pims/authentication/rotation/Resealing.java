package io.pims.authentication.rotation;

import io.pims.authentication.database.JobTurns;
import io.pims.authentication.database.JobTurns.Next;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.SealedRows;
import io.pims.authentication.trustedphonenumber.SealedRows.Resealed;
import io.pims.authentication.trustedphonenumber.SealedRows.SealedRow;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Seals numbers anew that are under another key than the first, a bite at a time, on one replica at a time. Reads a bite,
 * seals it with no SQL transaction open, and writes it in one statement, which waits for nobody. What is left is found by its
 * key, so that it goes on from wherever it was.
 */
@ApplicationScoped
public class Resealing {

    private static final Logger LOG = Logger.getLogger(Resealing.class);

    private static final String JOB = "reseal";
    private static final Duration NOTHING_LEFT = Duration.ofMinutes(1);

    /** Rows that can't be opened are passed over. As many of one table, and something is wrong that somebody has to see. */
    private static final int MOST_UNREADABLE = SealedRows.BITE;

    private final Pool pool;
    private final JobTurns turns;
    private final NumberVault vault;
    private final Duration pause;
    private final List<SealedRows> tables;
    private final Map<String, Set<String>> unreadable = new HashMap<>();

    public Resealing(
            Pool pool, JobTurns turns, NumberVault vault, ResealingConfig config, @All List<SealedRows> tables) {
        this.pool = pool;
        this.turns = turns;
        this.vault = vault;
        this.pause = config.resealPause();
        // Numbers on file before the transactions that are made of them.
        this.tables =
                tables.stream().sorted(Comparator.comparing(SealedRows::use)).toList();
        tables.forEach(table -> unreadable.put(table.use(), new HashSet<>()));
    }

    @Scheduled(every = "1s", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> reseal() {
        return formerKeys().isEmpty()
                ? Uni.createFrom().voidItem()
                : turns.take(JOB, position -> bite().map(resealed -> new Next("", resealed ? pause : NOTHING_LEFT)))
                        .replaceWithVoid();
    }

    private List<String> formerKeys() {
        List<String> all = vault.keyIds();
        return all.subList(1, all.size());
    }

    /** Returns true if there was something to seal. */
    Uni<Boolean> bite() {
        return bite(0);
    }

    private Uni<Boolean> bite(int table) {
        return table == tables.size()
                ? Uni.createFrom().item(false)
                : bite(tables.get(table))
                        .flatMap(found -> found ? Uni.createFrom().item(true) : bite(table + 1));
    }

    private Uni<Boolean> bite(SealedRows table) {
        Set<String> passed = unreadable.get(table.use());
        if (passed.size() >= MOST_UNREADABLE) {
            return Uni.createFrom().item(false);
        }
        return pool.withConnection(connection -> table.under(connection, formerKeys(), Set.copyOf(passed)))
                .flatMap(rows -> rows.isEmpty()
                        ? Uni.createFrom().item(false)
                        : sealed(rows, passed)
                                .invoke(fresh -> tellOf(rows.size() - fresh.size()))
                                .flatMap(fresh -> pool.withConnection(connection -> table.replace(connection, fresh)))
                                .replaceWith(true));
    }

    /** On a worker: a bite takes milliseconds of processor time, for which the event loop would answer nobody. */
    private Uni<List<Resealed>> sealed(List<SealedRow> rows, Set<String> passed) {
        return Uni.createFrom()
                .item(() -> rows.stream()
                        .flatMap(row -> sealed(row, passed).stream())
                        .toList())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Optional<Resealed> sealed(SealedRow row, Set<String> passed) {
        try {
            return Optional.of(
                    new Resealed(row.row(), row.number().ciphertext(), vault.reseal(row.number(), row.user())));
        } catch (IllegalStateException unreadable) {
            passed.add(row.row());
            return Optional.empty();
        }
    }

    private static void tellOf(int unreadable) {
        if (unreadable > 0) {
            LOG.warnf("%d numbers can't be opened, and stay under their former key", unreadable);
        }
    }
}
