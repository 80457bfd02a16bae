package io.pims.authentication.budget;

import static java.util.stream.Collectors.summingInt;

import io.pims.authentication.trustedphonenumber.Destination;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Takes spent codes off the velocity in two steps: the SQL transaction that spends a code notes it in a row of its own, and
 * seconds later one short statement adds all notes up. To add a code at once would lock the row of a whole country until
 * the spending is committed.
 */
@ApplicationScoped
public class SpentCodes {

    private static final Logger LOG = Logger.getLogger(SpentCodes.class);
    /** No parameter of the statement: for one PostgreSQL may plan for a tenth of the table, and read all of it. */
    private static final int ROWS_PER_STATEMENT = 1_000;

    private static final String NOTE = """
            INSERT INTO sms_conversion (country, prefix_hash, issued_at, sends)
            VALUES (:country, CAST(:prefix AS text), :issuedAt, :sends)
            """;

    /** Counts a code in the periods in which it was issued. Locks the rows in the same order as requests do. */
    private static final String ADD_UP = """
            WITH noted AS (
                DELETE FROM sms_conversion WHERE id = ANY(ARRAY(
                    SELECT id FROM sms_conversion ORDER BY id LIMIT %d FOR UPDATE SKIP LOCKED))
                RETURNING country, prefix_hash, issued_at AT TIME ZONE 'UTC' AS issued_at, sends),
            added AS (
                INSERT INTO sms_velocity (subject, hours, begins_at, converted)
                SELECT subject, hours, date_trunc(unit, issued_at) AT TIME ZONE 'UTC' AS begins_at, sum(sends)
                FROM noted
                CROSS JOIN LATERAL (VALUES ('country/' || country), ('prefix/' || prefix_hash)) AS subjects (subject)
                CROSS JOIN (VALUES (1, 'hour'), (24, 'day')) AS periods (hours, unit)
                WHERE subject IS NOT NULL
                GROUP BY subject, hours, begins_at ORDER BY subject COLLATE "C", hours, begins_at
                ON CONFLICT (subject, hours, begins_at)
                    DO UPDATE SET converted = sms_velocity.converted + excluded.converted)
            SELECT count(*)::int AS added FROM noted
            """.formatted(ROWS_PER_STATEMENT);

    private final Pool pool;
    private final BudgetMode mode;

    SpentCodes(Pool pool, BudgetConfig config) {
        this.pool = pool;
        this.mode = config.velocity().mode();
    }

    /**
     * Notes that a code was spent, within the session's SQL transaction.
     *
     * @param issuedAt the time of the first SMS with the code
     * @param sends SMS with the code
     */
    public Uni<Void> note(Destination destination, Instant issuedAt, int sends) {
        if (mode == BudgetMode.OFF) {
            return Uni.createFrom().voidItem();
        }
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(NOTE)
                        .setParameter("country", destination.country())
                        .setParameter("prefix", destination.prefixHash())
                        .setParameter("issuedAt", issuedAt)
                        .setParameter("sends", sends)
                        .executeUpdate())
                .replaceWithVoid();
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> addUpRegularly() {
        return mode == BudgetMode.OFF
                ? Uni.createFrom().voidItem()
                : addUp().onFailure()
                        .invoke(failure -> LOG.debugf(failure, "Spent codes can't be added up"))
                        .onFailure()
                        .recoverWithNull()
                        .replaceWithVoid();
    }

    /** Adds up all notes and returns how many there were. */
    public Uni<Integer> addUp() {
        return pool.withConnection(
                        connection -> connection.preparedQuery(ADD_UP).execute())
                .map(rows -> rows.iterator().next().getInteger("added"))
                .repeat()
                .whilst(added -> added == ROWS_PER_STATEMENT)
                .collect()
                .with(summingInt(Integer::intValue));
    }
}
