package io.pims.authentication.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.function.Function;

/**
 * Lets one replica at a time do the next bite of a job. A turn is a row whose time is put off, so that no lock is held while
 * the work goes on, and any pooler will do. If the replica dies, another one takes the turn when that time has passed, from
 * where the bites before came to.
 */
@ApplicationScoped
public class JobTurns {

    /** For how long a turn keeps the other replicas away, unless it ends before. Longer than any bite takes. */
    private static final Duration LONGEST_TURN = Duration.ofMinutes(1);

    private static final String TAKE = """
            UPDATE job_turn SET next_at = now() + make_interval(secs => $2) WHERE job = $1 AND next_at <= now()
            RETURNING position, next_at
            """;

    /** Changes nothing if the turn took too long, and somebody else has it. */
    private static final String END = """
            UPDATE job_turn SET next_at = now() + make_interval(secs => $3), position = $4 WHERE job = $1 AND next_at = $2
            """;

    private final Pool pool;

    public JobTurns(Pool pool) {
        this.pool = pool;
    }

    /**
     * The next turn.
     *
     * @param position that it begins at, in words of the job; empty for the start
     * @param pause before it, for all replicas
     */
    public record Next(String position, Duration pause) {}

    /**
     * Does a bite if it is this replica's turn.
     *
     * @param job a row of {@code job_turn}
     * @param bite gets the position. It may be done twice if it takes longer than a minute. If it fails, it is done again
     *     after that time
     * @return true if it was
     */
    public Uni<Boolean> take(String job, Function<String, Uni<Next>> bite) {
        return pool.withConnection(connection ->
                        connection.preparedQuery(TAKE).execute(Tuple.of(job, (double) LONGEST_TURN.toSeconds())))
                .flatMap(rows -> rows.stream()
                        .findFirst()
                        .map(turn -> take(job, turn, bite))
                        .orElse(Uni.createFrom().item(false)));
    }

    private Uni<Boolean> take(String job, Row turn, Function<String, Uni<Next>> bite) {
        OffsetDateTime until = turn.getOffsetDateTime("next_at");
        return bite.apply(turn.getString("position"))
                .flatMap(next -> pool.withConnection(connection -> connection
                        .preparedQuery(END)
                        .execute(Tuple.of(job, until, next.pause().toMillis() / 1000.0, next.position()))
                        .map(SqlResult::rowCount)))
                .replaceWith(true);
    }
}
