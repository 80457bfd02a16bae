package io.pims.authentication.transaction;

import io.pims.authentication.database.OldRows;

/**
 * The table {@code sms_transaction}: every statement on it. They run elsewhere; {@link TransactionRows} maps their rows.
 * Those that name their rows by id do not ask for {@code status = 'PENDING'}: PostgreSQL would walk the index of all
 * pending rows. Those that take arrays find a row's values by {@code array_position} and not by a join: after a concurrent
 * change of the rows PostgreSQL evaluates them again (READ COMMITTED), and a join then finds only the first.
 */
public final class TransactionTable {

    /** The channel of {@link #FINISH} and {@link #EXPIRE}. Payload: id, status and error code, with blanks between. */
    public static final String CHANNEL = "sms_transaction";

    /** Rows that {@link #COUNT_BACKLOG} looks at. */
    static final int COUNTED_AT_MOST = 10_000;

    /** Each array has an unnest of its own: with one for all, PostgreSQL stores all rows first. */
    static final String INSERT = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, code_id, code_key_id,
                code_expires_at, language, brand, idempotency_key, fingerprint, status, created_at, deadline,
                attempts, lease, lease_owner, lease_until, trace_parent)
            SELECT id, user_id, type, number, number_key_id, number_hash, code_id, code_key_id,
                code_expires_at, language, brand, idempotency_key, fingerprint, 'PENDING', at,
                at + make_interval(secs => time_left), lease, lease, CASE lease WHEN 1 THEN $17::uuid END,
                at + make_interval(secs => lease * $18::float8), trace_parent
            FROM (SELECT unnest($1::uuid[]) AS id, unnest($2::text[]) AS user_id, unnest($3::text[]) AS type,
                unnest($4::bytea[]) AS number, unnest($5::text[]) AS number_key_id, unnest($6::bytea[]) AS number_hash,
                unnest($7::uuid[]) AS code_id, unnest($8::text[]) AS code_key_id,
                unnest($9::timestamptz[]) AS code_expires_at, unnest($10::text[]) AS language, unnest($11::text[]) AS brand,
                unnest($12::text[]) AS idempotency_key, unnest($13::bytea[]) AS fingerprint,
                unnest($14::timestamptz[]) AS at, unnest($15::int[]) AS lease, unnest($16::float8[]) AS time_left,
                unnest($19::text[]) AS trace_parent) AS recorded
            """;

    /** Within a session of Hibernate's: a notice is part of the change that it tells of. Any replica may claim it. */
    static final String INSERT_NOTICE = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand,
                trace_parent, status, created_at, deadline, attempts, lease, lease_until)
            VALUES (:id, :user, :type, :number, :keyId, :hash, :language, :brand, CAST(:trace AS text), 'PENDING', now(),
                now() + make_interval(secs => CAST(:deadline AS float8)), 0, 0, now())
            """;

    static final String FIND = """
            SELECT id, status, error_code, delivery_status, delivery_error FROM sms_transaction
            WHERE id = $1 AND user_id = $2
            """;

    /**
     * Of those that are final by their index; the others by that of {@link #CLAIM}, for at most a deadline. The newest
     * come first.
     */
    static final String FIND_LATEST = """
            SELECT id, type, status, error_code, created_at, language, brand, attempt_log, delivery_status, delivery_error
            FROM (
                (SELECT * FROM sms_transaction WHERE user_id = $1 AND finished_at IS NOT NULL
                    ORDER BY finished_at DESC LIMIT $2)
                UNION ALL
                (SELECT * FROM sms_transaction WHERE user_id = $1 AND status = 'PENDING' LIMIT $2)) AS latest
            ORDER BY created_at DESC LIMIT $2
            """;

    static final String FIND_REPLAYS = """
            SELECT id, by_user, under, type, number_hash, status, error_code
            FROM unnest($1::text[], $2::text[]) AS asked (by_user, under)
            CROSS JOIN LATERAL (
                SELECT id, type, number_hash, status, error_code FROM sms_transaction
                WHERE user_id = by_user AND idempotency_key = under LIMIT 1) AS known
            """;

    static final String FIND_RECORDED = "SELECT id FROM sms_transaction WHERE id = ANY($1)";

    public static final String FIND_FINAL =
            "SELECT id, status, error_code FROM sms_transaction WHERE id = ANY($1) AND status <> 'PENDING'";

    /** A transaction past its deadline is claimed too, to be FAILED, but that is no attempt. */
    static final String CLAIM = """
            UPDATE sms_transaction
            SET lease = lease + 1, lease_owner = $1, lease_until = now() + make_interval(secs => $2),
                attempts = attempts + CASE WHEN deadline > now() THEN 1 ELSE 0 END
            WHERE id = ANY(ARRAY(
                SELECT id FROM sms_transaction
                WHERE status = 'PENDING' AND lease_until <= now() AND id <> ALL($4)
                ORDER BY lease_until LIMIT $3
                FOR UPDATE SKIP LOCKED))
            RETURNING id, lease, attempts, user_id, type, number, number_key_id, number_hash, code_id, code_key_id,
                code_expires_at, language, brand, trace_parent, attempt_log,
                CAST(extract(epoch FROM deadline - now()) * 1000 AS bigint) AS deadline_ms,
                CAST(extract(epoch FROM code_expires_at - now()) * 1000 AS bigint) AS code_ms
            """;

    static final String RETRY = """
            UPDATE sms_transaction SET attempts = attempts + 1, attempt_log = attempt_log || $3
            WHERE id = $1 AND lease = $2 AND finished_at IS NULL
            """;

    static final String RENEW = """
            UPDATE sms_transaction SET lease_until = now() + make_interval(secs => $4)
            WHERE id = ANY($1::uuid[]) AND lease = ($2::int[])[array_position($1::uuid[], id)]
                AND lease_owner = $3 AND finished_at IS NULL
            RETURNING id, lease
            """;

    static final String HAND_BACK = """
            UPDATE sms_transaction SET lease_owner = NULL, lease_until = now(),
                attempt_log = attempt_log || coalesce((($4::text[])[array_position($1::uuid[], id)])::jsonb, '[]')
            WHERE id = ANY($1::uuid[]) AND lease = ($2::int[])[array_position($1::uuid[], id)]
                AND lease_owner = $3 AND finished_at IS NULL
            """;

    public static final String FINISH = """
            WITH done AS (
                UPDATE sms_transaction
                SET status = ($3::text[])[array_position($1::uuid[], id)],
                    error_code = ($4::int[])[array_position($1::uuid[], id)],
                    provider_message_id = ($5::text[])[array_position($1::uuid[], id)],
                    attempt_log = attempt_log || (($6::text[])[array_position($1::uuid[], id)])::jsonb,
                    finished_at = now()
                WHERE id = ANY($1::uuid[]) AND lease = ($2::int[])[array_position($1::uuid[], id)]
                    AND finished_at IS NULL
                RETURNING id, lease, status, error_code)
            SELECT done.id, done.lease FROM done
            CROSS JOIN LATERAL pg_notify('%s', concat_ws(' ', done.id, done.status, done.error_code))
            """.formatted(CHANNEL);

    /** Without $3, which this replica holds: only it may end those, though a lease ran out while the database was away. */
    public static final String EXPIRE = """
            WITH done AS (
                UPDATE sms_transaction
                SET status = 'FAILED', error_code = $1, finished_at = now()
                WHERE id = ANY(ARRAY(
                    SELECT id FROM sms_transaction
                    WHERE status = 'PENDING' AND lease_until <= now() AND deadline <= now() AND id <> ALL($3)
                    ORDER BY lease_until LIMIT $2
                    FOR UPDATE SKIP LOCKED))
                RETURNING id, status, error_code)
            SELECT done.id FROM done
            CROSS JOIN LATERAL pg_notify('%s', concat_ws(' ', done.id, done.status, done.error_code))
            """.formatted(CHANNEL);

    /**
     * Guarded by {@link DeliveryState#supersedes}, and by no status: a receipt may come before the provider's own answer
     * is written.
     */
    public static final String RECORD_DELIVERY = """
            WITH known AS (SELECT trace_parent, attempt_log FROM sms_transaction WHERE id = $1),
            changed AS (
                UPDATE sms_transaction
                SET delivery_status = $2, delivery_error = CAST($3 AS integer), delivery_at = now()
                WHERE id = $1 AND (
                    delivery_status IS NULL
                    OR delivery_status = ANY($4)
                    OR delivery_status = $2 AND delivery_error < CAST($3 AS integer))
                RETURNING 1)
            SELECT (SELECT count(*) FROM known) AS known, (SELECT count(*) FROM changed) AS changed,
                (SELECT trace_parent FROM known) AS trace_parent, (SELECT attempt_log FROM known) AS attempt_log
            """;

    static final String COUNT_BACKLOG = """
            SELECT count(*) AS pending, count(*) FILTER (WHERE lease_until <= now()) AS waiting,
                CAST(extract(epoch FROM now() - min(lease_until)) * 1000 AS bigint) AS waited_ms
            FROM (SELECT lease_until FROM sms_transaction WHERE status = 'PENDING' ORDER BY lease_until LIMIT %d) AS first
            """.formatted(COUNTED_AT_MOST);

    static final String DELETE_OLD = """
            DELETE FROM sms_transaction WHERE id = ANY(ARRAY(
                SELECT id FROM sms_transaction
                WHERE finished_at < now() - make_interval(secs => $1)
                ORDER BY finished_at LIMIT %d
                FOR UPDATE SKIP LOCKED))
            """.formatted(OldRows.ROWS_PER_STATEMENT);

    private TransactionTable() {}
}
