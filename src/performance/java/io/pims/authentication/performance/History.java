package io.pims.authentication.performance;

import java.util.List;

/** Rows of years of use, made by PostgreSQL itself. Their numbers are noise that no key opens. */
final class History {

    private static final String DONE = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, code_id, code_key_id,
                code_expires_at, language, brand, status, created_at, deadline, finished_at, attempts, attempt_log, lease,
                lease_owner, lease_until, provider_message_id)
            SELECT CAST(lpad(to_hex(CAST(extract(epoch FROM at) * 1000 AS bigint)), 12, '0')
                    || '7' || substr(md5(each::text), 2, 19) AS uuid),
                'old-' || (each %% %2$d + 1), 'resetPIN', sha256(each::text::bytea) || '\\x0123456789abcdef', 'it',
                sha256((each %% %2$d + 1)::text::bytea), gen_random_uuid(), 'it', at + interval '10 min', 'fr', '',
                'SUCCEEDED', at, at + interval '30 s', at + interval '1 s', 1,
                '[{"number": 1, "tookMs": 250, "outcome": "ACCEPTED", "providerStatus": "0"}]', 1,
                '00000000-0000-4000-8000-000000000000', at + interval '10 s', md5(each::text)
            FROM (SELECT each, now() - interval '%3$s' + each * interval '%4$s' AS at
                FROM generate_series(1, %1$d) AS each) AS old
            """;

    private static final String USERS = """
            INSERT INTO trusted_phone_number (user_id, number, number_key_id, number_hash)
            SELECT 'old-' || each, sha256(each::text::bytea) || '\\x0123456789abcdef', 'it', sha256(each::text::bytea)
            FROM generate_series(1, %d) AS each
            """;

    private static final String LEFT_BEHIND = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand, status,
                created_at, deadline, attempts, lease, lease_until)
            SELECT CAST(lpad(to_hex(CAST(extract(epoch FROM now()) * 1000 AS bigint)), 12, '0')
                    || '7' || substr(md5(each::text), 2, 19) AS uuid), 'driver-' || each, 'resetPIN', '\\x00', 'it', '\\x00',
                'en', '', 'PENDING', now(), now(), 0, 1, now()
            FROM generate_series(1, %d) AS each
            """;

    private static final String BACKLOG = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, code_id, code_key_id,
                code_expires_at, language, brand, status, created_at, deadline, attempts, lease, lease_until)
            SELECT CAST(lpad(to_hex(CAST(extract(epoch FROM now()) * 1000 AS bigint)), 12, '0')
                    || '7' || substr(md5(user_id), 2, 19) AS uuid), user_id, 'resetPIN', number, number_key_id,
                number_hash, gen_random_uuid(), 'it', now() + interval '10 min', 'en', '', 'PENDING', now(),
                now() + interval '10 min', 0, 0, now()
            FROM trusted_phone_number WHERE user_id LIKE 'driver-%%' LIMIT %d
            """;

    private History() {}

    /** Finished transactions of the last 29 days and users with a number, the indexes that are not keys made afterwards. */
    static void write(PostgreSqlServer server, String database, int transactions, int users) {
        long begun = System.nanoTime();
        List<List<String>> indexes = server.rows(
                database,
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('sms_transaction', 'trusted_phone_number')"
                        + " AND indexname NOT LIKE '%_pkey'");
        indexes.forEach(index -> server.execute(database, "DROP INDEX " + index.get(0)));
        server.execute(database, "SET synchronous_commit = off", USERS.formatted(users));
        String step = 29.0 * 24 * 3_600 / transactions + " s";
        server.execute(database, DONE.formatted(transactions, users, "29 days", step));
        indexes.forEach(index -> server.execute(database, "SET maintenance_work_mem = '512MB'", index.get(1)));
        server.execute(database, "VACUUM (FREEZE, ANALYZE)", "CHECKPOINT");
        System.out.printf(
                "%,d transactions and %,d users written in %d s%n",
                transactions, users, (System.nanoTime() - begun) / 1_000_000_000);
    }

    /** What retention must take, what somebody must end, and what is to be claimed and sent. */
    static void writeDue(PostgreSqlServer server, String database, int tooOld, int leftBehind, int backlog) {
        server.execute(database, DONE.formatted(tooOld, 1_000, "31 days", "1 s"), LEFT_BEHIND.formatted(leftBehind));
        writeBacklog(server, database, backlog);
        server.execute(database, "VACUUM (ANALYZE) sms_transaction");
    }

    /** What drivers have asked for and nobody has claimed, one each; the codes derive from any id. */
    static void writeBacklog(PostgreSqlServer server, String database, int transactions) {
        server.execute(database, BACKLOG.formatted(transactions));
    }

    /** Takes away what the drivers have asked for, as if they came for the first time. */
    static void forgetNew(PostgreSqlServer server, String database) {
        TestBed.FILLED_BY_REQUESTS.forEach(table -> server.execute(database, "TRUNCATE " + table));
        server.execute(
                database,
                "DELETE FROM sms_transaction WHERE user_id LIKE 'driver-%' AND id > CAST(lpad(to_hex(CAST("
                        + "extract(epoch FROM now() - interval '1 h') * 1000 AS bigint)), 12, '0')"
                        + " || '70000000000000000000' AS uuid)",
                // Else what is dead on less than a fiftieth of the pages stays, and is counted later.
                "VACUUM (INDEX_CLEANUP ON) sms_transaction",
                "CHECKPOINT");
    }
}
