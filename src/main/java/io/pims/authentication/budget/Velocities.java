package io.pims.authentication.budget;

import static java.util.stream.Collectors.groupingBy;

import io.pims.authentication.budget.SubjectVelocity.Count;
import io.pims.authentication.budget.Velocity.Taken;
import io.pims.authentication.database.ColumnArrays;
import io.pims.authentication.trustedphonenumber.Destination;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Reads and writes velocities within the SQL transaction on the connection. No lock is held in between, as every batch of
 * every replica asks for the same countries. Instead the row itself refuses to exceed its budget: of two that both saw the
 * last room the later one fails, and reads again.
 */
@ApplicationScoped
public class Velocities {

    /** Reads the days that {@link SubjectVelocity} looks at, and the last two hours. Returns at least one row, for the time. */
    static final String READ = """
            SELECT (extract(epoch FROM now) * 1000000)::bigint AS now, subject, hours,
                (extract(epoch FROM begins_at) * 1000000)::bigint AS begins_at, sent, converted
            FROM (SELECT clock_timestamp() AS now) AS clock LEFT JOIN sms_velocity
                ON subject = ANY($1::text[] || ARRAY(
                    SELECT unnest(ARRAY['%s/' || coalesce(country, '%s'), '%s/' || prefix_hash]) FROM %s))
                AND begins_at > now - CASE hours WHEN 1 THEN interval '2 hours' ELSE interval '15 days' END
            """.formatted(
                    Velocity.COUNTRY, Destination.UNKNOWN.country(), Velocity.PREFIX, TrustedPhoneNumbers.OF_USERS);

    static final String WRITE = """
            INSERT INTO sms_velocity (subject, hours, begins_at, sent, budget)
            SELECT subject, hours, to_timestamp(begins_at / 1000000), count, budget
            FROM unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[])
                WITH ORDINALITY AS taken (subject, hours, begins_at, count, budget, place)
            ORDER BY place
            ON CONFLICT (subject, hours, begins_at)
                DO UPDATE SET sent = sms_velocity.sent + excluded.sent, budget = excluded.budget
            """;

    private static final String CHECK_VIOLATION = "23514";

    private final BudgetMode mode;
    private final VelocityBudget ofCountry;
    private final VelocityBudget ofPrefix;

    public Velocities(BudgetConfig config) {
        BudgetConfig.Velocity velocity = config.velocity();
        this.mode = velocity.mode();
        this.ofCountry = new VelocityBudget(
                velocity.country().dayFloor(), velocity.country().hourFloor(), velocity.sharePercent());
        this.ofPrefix = new VelocityBudget(
                velocity.prefix().dayFloor(), velocity.prefix().hourFloor(), velocity.sharePercent());
    }

    /**
     * Reads what these destinations have used, and those of these users' numbers on file. A number that has just been
     * changed may go to a destination that is not among them, and that seems unused: the row itself refuses then.
     */
    public Uni<Velocity> read(
            SqlConnection connection, Collection<Destination> destinations, Collection<String> users) {
        if (mode == BudgetMode.OFF) {
            return Uni.createFrom().item(Velocity.OFF);
        }
        String[] subjects = destinations.stream()
                .flatMap(destination -> Velocity.subjects(destination).stream())
                .distinct()
                .toArray(String[]::new);
        return connection
                .preparedQuery(READ)
                .execute(Tuple.of(subjects, users.toArray(String[]::new)))
                .map(this::velocity);
    }

    private Velocity velocity(RowSet<Row> rows) {
        List<Count> counts = new ArrayList<>();
        long now = 0;
        for (Row row : rows) {
            now = row.getLong("now");
            if (row.getString("subject") != null) {
                counts.add(new Count(
                        row.getString("subject"),
                        BudgetPeriod.ofHours(row.getInteger("hours")),
                        row.getLong("begins_at"),
                        row.getLong("sent"),
                        row.getLong("converted")));
            }
        }
        return new Velocity(mode, ofCountry, ofPrefix, counts.stream().collect(groupingBy(Count::subject)), now);
    }

    /** Writes the codes that were taken. Fails as {@link #isOvertaken} tells if others took the room meanwhile. */
    public Uni<Void> write(SqlConnection connection, Velocity velocity) {
        List<Taken> taken = velocity.taken();
        if (taken.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        ColumnArrays<Taken> columns = new ColumnArrays<>(taken);
        return connection
                .preparedQuery(WRITE)
                .execute(Tuple.of(
                        columns.of(String[]::new, Taken::subject),
                        columns.of(Integer[]::new, row -> row.period().hours()),
                        columns.of(Long[]::new, Taken::beginsAt),
                        columns.of(Long[]::new, Taken::count),
                        columns.of(Long[]::new, Taken::budget)))
                .replaceWithVoid();
    }

    /** Returns true if a SQL transaction failed because another one took the last of a budget. */
    public static boolean isOvertaken(Throwable failure) {
        return failure instanceof PgException refusal && CHECK_VIOLATION.equals(refusal.getSqlState());
    }
}
