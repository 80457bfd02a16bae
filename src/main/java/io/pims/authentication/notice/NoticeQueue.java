package io.pims.authentication.notice;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** Whose events are to be posted next. Each call is one short statement, and all replicas share one order. */
@ApplicationScoped
class NoticeQueue {

    private final Pool pool;

    NoticeQueue(Pool pool) {
        this.pool = pool;
    }

    /** Claims up to so many users whose oldest event is due, those that have waited longest first. */
    Uni<List<ClaimedTurn>> claim(int users, Duration lease) {
        return run(NoticeTable.CLAIM, Tuple.of(users, seconds(lease)));
    }

    /** Takes an event that the backend has off the outbox. The next one of its user is due at once. */
    Uni<Void> handedOver(ClaimedTurn turn, WaitingNotice notice) {
        return run(NoticeTable.HANDED_OVER, Tuple.of(turn.user(), turn.lease(), notice.id(), turn.recorded()))
                .replaceWithVoid();
    }

    /** Leaves the event as it is, to be posted again after the delay. */
    Uni<Void> putBack(ClaimedTurn turn, Duration delay) {
        return run(NoticeTable.PUT_BACK, Tuple.of(turn.user(), turn.lease(), seconds(delay)))
                .replaceWithVoid();
    }

    /** Ends a turn without an event. */
    Uni<Void> settle(ClaimedTurn turn) {
        return run(NoticeTable.SETTLE, Tuple.of(turn.user(), turn.lease(), turn.recorded()))
                .replaceWithVoid();
    }

    private Uni<List<ClaimedTurn>> run(String statement, Tuple parameters) {
        return pool.withConnection(
                        connection -> connection.preparedQuery(statement).execute(parameters))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(NoticeQueue::turn)
                        .toList());
    }

    private static ClaimedTurn turn(Row row) {
        return new ClaimedTurn(
                row.getString("user_id"),
                row.getLong("lease"),
                row.getLong("recorded"),
                row.getInteger("attempts"),
                Optional.ofNullable(row.getLong("id")).map(id -> notice(id, row)));
    }

    private static WaitingNotice notice(long id, Row row) {
        Integer code = row.getInteger("error_code");
        return new WaitingNotice(
                id,
                row.getUUID("event_id"),
                row.getString("user_id"),
                row.getString("what"),
                code == null ? OptionalInt.empty() : OptionalInt.of(code),
                row.getUUID("transaction_id"),
                row.getOffsetDateTime("at")
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toInstant());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
