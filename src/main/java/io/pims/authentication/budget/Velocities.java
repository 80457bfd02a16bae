package io.pims.authentication.budget;

import static java.util.stream.Collectors.groupingBy;

import io.pims.authentication.budget.SubjectVelocity.Count;
import io.pims.authentication.budget.Velocity.Taken;
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
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Reads and writes velocities within the SQL transaction on the connection. No lock is held from the one to the other: a
 * country is asked for by every batch of every replica. Instead the row itself refuses to go over its budget, which fails
 * the later one of two that both saw the last room; it reads again.
 */
@ApplicationScoped
public class Velocities {

    /** As many days as {@link SubjectVelocity} looks back, and the last two hours; one row at least, for the time. */
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
     * What these destinations have used, and those of these users' numbers on file. One that is not among them, as the
     * number has just been changed, seems to have used nothing: where budgets are enforced, the row itself refuses then.
     */
    public Uni<Velocity> read(
            SqlConnection connection, Collection<Destination> destinations, Collection<String> users) {
        if (mode == BudgetMode.OFF) {
            return Uni.createFrom().item(Velocity.OFF);
        }
        String[] subjects = destinations.stream()
                .flatMap(destination -> Stream.of(
                        Velocity.country(destination),
                        destination.prefixHash() == null ? null : Velocity.prefix(destination)))
                .filter(Objects::nonNull)
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

    /** Writes what was taken; fails, as {@link #isOvertaken} tells, if others took the room meanwhile. */
    public Uni<Void> write(SqlConnection connection, Velocity velocity) {
        List<Taken> taken = velocity.taken();
        if (taken.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(WRITE)
                .execute(Tuple.of(
                        taken.stream().map(Taken::subject).toArray(String[]::new),
                        taken.stream().map(row -> row.period().hours()).toArray(Integer[]::new),
                        taken.stream().map(Taken::beginsAt).toArray(Long[]::new),
                        taken.stream().map(Taken::count).toArray(Long[]::new),
                        taken.stream().map(Taken::budget).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    /** Whether a SQL transaction failed as another one took the last of a budget. */
    public static boolean isOvertaken(Throwable failure) {
        return failure instanceof PgException refusal && CHECK_VIOLATION.equals(refusal.getSqlState());
    }
}
