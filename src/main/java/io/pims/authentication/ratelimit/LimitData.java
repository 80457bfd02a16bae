package io.pims.authentication.ratelimit;

import io.pims.authentication.personaldata.Kept;
import io.pims.authentication.personaldata.KeptIn;
import io.pims.authentication.personaldata.LockOrder;
import io.pims.authentication.personaldata.PersonalData;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a driver has used of limits. The use of a number is left out of both: it is shared by all who know that number, says
 * what others do, and goes by itself within a day.
 */
@ApplicationScoped
@KeptIn("rate_limit")
class LimitData implements PersonalData {

    private static final String READ =
            "SELECT subject, arrivals::text AS arrivals FROM rate_limit WHERE subject = ANY($1)";

    /** Keeps requests for codes away until the erasure has ended: they wait for this lock before they read anything. */
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended($1, %d))::text".formatted(RateLimits.LOCK_SEED);

    private static final String ERASE = "DELETE FROM rate_limit WHERE subject = ANY($1)";

    /**
     * The use of a limit.
     *
     * @param limit its name, as {@code RateLimit} has it
     * @param freeAt when nothing of it is used any more
     */
    @RegisterForReflection
    record UsedLimit(String limit, Instant freeAt) implements Kept {}

    @Override
    public LockOrder order() {
        return LockOrder.LIMITS;
    }

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public Uni<List<Kept>> read(SqlConnection connection, String user) {
        return connection
                .preparedQuery(READ)
                .execute(Tuple.of(subjects(user)))
                .map(rows -> rows.stream().flatMap(LimitData::used).toList());
    }

    private static Stream<Kept> used(Row row) {
        return RateLimits.arrivals(row.getString("arrivals")).entrySet().stream()
                .map(policy ->
                        new UsedLimit(policy.getKey(), Instant.EPOCH.plus(policy.getValue(), ChronoUnit.MICROS)));
    }

    @Override
    public Uni<Integer> erase(SqlConnection connection, String user, String pseudonym) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(Subjects.USER + user))
                .chain(() -> connection.preparedQuery(ERASE).execute(Tuple.of(subjects(user))))
                .map(SqlResult::rowCount);
    }

    private static String[] subjects(String user) {
        return Subjects.OF_DRIVERS.stream().map(kind -> kind + user).toArray(String[]::new);
    }
}
