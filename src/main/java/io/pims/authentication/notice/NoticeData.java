package io.pims.authentication.notice;

import io.pims.authentication.personaldata.Kept;
import io.pims.authentication.personaldata.KeptIn;
import io.pims.authentication.personaldata.LockOrder;
import io.pims.authentication.personaldata.PersonalData;
import io.pims.authentication.personaldata.UserStatements;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;

/** Events that wait for the operator's backend, as the driver's data. Erased, they are not handed over any more. */
@ApplicationScoped
@KeptIn({"notice_outbox", "notice_queue"})
class NoticeData implements PersonalData {

    private static final String READ = """
            SELECT what, at FROM notice_outbox WHERE user_id = $1 ORDER BY id DESC LIMIT %d
            """.formatted(MOST_ROWS + 1);

    /** The queue first: who posts an event holds its row. */
    private static final String ERASE_QUEUE = "DELETE FROM notice_queue WHERE user_id = $1";

    private static final String ERASE = "DELETE FROM notice_outbox WHERE user_id = $1";

    /** An event that was not handed over yet. */
    @RegisterForReflection
    record KeptNotice(String what, OffsetDateTime at) implements Kept {}

    @Override
    public LockOrder order() {
        return LockOrder.NOTICES;
    }

    @Override
    public String name() {
        return "notices";
    }

    @Override
    public Uni<List<Kept>> read(SqlConnection connection, String user) {
        return UserStatements.read(
                connection, READ, user, row -> new KeptNotice(row.getString("what"), row.getOffsetDateTime("at")));
    }

    @Override
    public Uni<Integer> erase(SqlConnection connection, String user, String pseudonym) {
        return UserStatements.change(connection, ERASE_QUEUE, user)
                .flatMap(
                        queued -> UserStatements.change(connection, ERASE, user).map(waiting -> queued + waiting));
    }

    private static Uni<Integer> deleted(SqlConnection connection, String sql, String user) {
        return connection.preparedQuery(sql).execute(Tuple.of(user)).map(SqlResult::rowCount);
    }
}
