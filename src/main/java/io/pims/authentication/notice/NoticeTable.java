package io.pims.authentication.notice;

import io.pims.authentication.database.OldRows;

/**
 * The tables {@code notice_outbox} and {@code notice_queue}: every statement on them. Whoever changes rows of both locks the
 * row of {@code notice_queue} first.
 */
final class NoticeTable {

    /** Rows that {@link #COUNT} looks at. */
    static final int COUNTED_AT_MOST = 10_000;

    /**
     * Within the SQL transaction of the event: there is none without its notice. The id is taken when the user's row is
     * locked, so that a later commit has a larger one, and each event takes one: {@link #DROP_SURPLUS} counts by them.
     */
    static final String ADD = add("$1", "$2", "$3", "$4", "$5");

    /** The same for a session of Hibernate's, whose parameters have names. */
    static final String ADD_IN_SESSION = add(":user", ":event", ":what", ":code", ":transaction");

    /** Where the oldest event was dropped, or is not visible yet, the user's row comes without one. */
    static final String CLAIM = """
            WITH claimed AS (
                UPDATE notice_queue
                SET due_at = now() + make_interval(secs => $2), lease = nextval('notice_queue_lease'), attempts = attempts + 1
                WHERE user_id = ANY(ARRAY(
                    SELECT user_id FROM notice_queue WHERE due_at <= now()
                    ORDER BY due_at LIMIT $1
                    FOR UPDATE SKIP LOCKED))
                RETURNING user_id, recorded, lease, attempts)
            SELECT claimed.user_id, recorded, lease, attempts, id, event_id, what, error_code, transaction_id, at
            FROM claimed LEFT JOIN LATERAL (
                SELECT * FROM notice_outbox WHERE notice_outbox.user_id = claimed.user_id ORDER BY id LIMIT 1) AS oldest
                ON true
            """;

    /**
     * Ends a turn. If another event is recorded at the same time, PostgreSQL evaluates the row again, and {@code recorded}
     * tells: the rows of the outbox it sees as they were.
     */
    static final String HANDED_OVER = """
            WITH held AS (
                UPDATE notice_queue
                SET attempts = 0, due_at = CASE
                    WHEN recorded <> $4
                        OR EXISTS (SELECT FROM notice_outbox WHERE notice_outbox.user_id = $1 AND id <> $3) THEN now() END
                WHERE user_id = $1 AND lease = $2
                RETURNING user_id)
            DELETE FROM notice_outbox USING held WHERE id = $3 AND notice_outbox.user_id = held.user_id
            """;

    static final String PUT_BACK =
            "UPDATE notice_queue SET due_at = now() + make_interval(secs => $3) WHERE user_id = $1 AND lease = $2";

    /** Ends a turn without an event, in the same way. */
    static final String SETTLE = """
            UPDATE notice_queue
            SET attempts = 0, due_at = CASE
                WHEN recorded <> $3 OR EXISTS (SELECT FROM notice_outbox WHERE notice_outbox.user_id = $1) THEN now() END
            WHERE user_id = $1 AND lease = $2
            """;

    static final String COUNT = """
            SELECT count(*) AS waiting, CAST(extract(epoch FROM now() - min(at)) * 1000 AS bigint) AS oldest_ms
            FROM (SELECT at FROM notice_outbox ORDER BY at LIMIT %d) AS first
            """.formatted(COUNTED_AT_MOST);

    static final String DROP_OLD = """
            DELETE FROM notice_outbox WHERE id = ANY(ARRAY(
                SELECT id FROM notice_outbox WHERE at < now() - make_interval(secs => $1)
                ORDER BY at LIMIT %d
                FOR UPDATE SKIP LOCKED))
            """.formatted(OldRows.ROWS_PER_STATEMENT);

    static final String DROP_SURPLUS = """
            DELETE FROM notice_outbox WHERE id = ANY(ARRAY(
                SELECT id FROM notice_outbox WHERE id <= (SELECT max(id) FROM notice_outbox) - $1
                ORDER BY id LIMIT %d
                FOR UPDATE SKIP LOCKED))
            """.formatted(OldRows.ROWS_PER_STATEMENT);

    static final String DELETE_IDLE = """
            DELETE FROM notice_queue WHERE user_id = ANY(ARRAY(
                SELECT user_id FROM notice_queue WHERE due_at IS NULL
                LIMIT %d
                FOR UPDATE SKIP LOCKED))
            """.formatted(OldRows.ROWS_PER_STATEMENT);

    private NoticeTable() {}

    private static String add(String user, String event, String what, String code, String transaction) {
        return """
                WITH place AS (
                    INSERT INTO notice_queue AS queue (user_id, recorded, due_at) VALUES (%1$s, 1, now())
                    ON CONFLICT (user_id) DO UPDATE
                        SET recorded = queue.recorded + 1, due_at = coalesce(queue.due_at, now())
                    RETURNING user_id)
                INSERT INTO notice_outbox (id, user_id, event_id, what, error_code, transaction_id)
                SELECT nextval('notice_outbox_id'), user_id, CAST(%2$s AS uuid), CAST(%3$s AS text), CAST(%4$s AS int),
                    CAST(%5$s AS uuid)
                FROM place
                """.formatted(user, event, what, code, transaction);
    }
}
