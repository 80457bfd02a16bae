package io.pims.authentication.code;

import io.pims.authentication.database.ColumnArrays;
import io.pims.authentication.database.KeysetSweep;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The table {@code sms_code}: its statements for many codes at a time, and its rows. Hibernate reads single ones. */
final class CodeTable {

    static final String READ = """
            SELECT user_id, type, id, key_id, number_hash, expires_at, guesses, spent_at,
                country, prefix_hash, issued_at, sends
            FROM sms_code WHERE user_id = ANY($1)
            """;

    /** {@link ExpiredCodeRetention} may have deleted a row since it was read. */
    static final String UPSERT = """
            INSERT INTO sms_code (user_id, type, id, key_id, number_hash, expires_at, country, prefix_hash, issued_at, sends)
            SELECT unnest($1::text[]), unnest($2::text[]), unnest($3::uuid[]), unnest($4::text[]), unnest($5::bytea[]),
                unnest($6::timestamptz[]), unnest($7::text[]), unnest($8::text[]), unnest($9::timestamptz[]),
                unnest($10::int[])
            ON CONFLICT (user_id, type) DO UPDATE SET id = excluded.id, key_id = excluded.key_id,
                number_hash = excluded.number_hash, expires_at = excluded.expires_at, guesses = 0, spent_at = NULL,
                country = excluded.country, prefix_hash = excluded.prefix_hash, issued_at = excluded.issued_at,
                sends = excluded.sends
            """;

    /**
     * By {@code array_position} and not by a join: after a concurrent guess PostgreSQL evaluates the rows again (READ
     * COMMITTED), and a join then finds only the first.
     */
    static final String REPEAT = """
            UPDATE sms_code SET sends = ($3::int[])[array_position($2::uuid[], id)]
            WHERE user_id = ANY($1) AND id = ANY($2)
            """;

    /**
     * Reads one page by the primary key, deletes the old rows of it, and leaves with the numbers when these codes were asked
     * for. It skips locked rows: these are being renewed.
     */
    static final String SWEEP = """
            WITH page AS MATERIALIZED (
                SELECT user_id, type FROM sms_code WHERE (user_id, type) > ($1, $2)
                ORDER BY user_id, type LIMIT %d),
            old AS MATERIALIZED (
                SELECT sms_code.user_id, sms_code.type, sms_code.expires_at FROM sms_code JOIN page USING (user_id, type)
                WHERE sms_code.expires_at < now() - make_interval(secs => $3)
                FOR UPDATE OF sms_code SKIP LOCKED),
            asked AS MATERIALIZED (SELECT user_id, max(expires_at) AS at FROM old GROUP BY user_id ORDER BY user_id),
            %s,
            gone AS (
                DELETE FROM sms_code WHERE (user_id, type) IN (SELECT user_id, type FROM old) RETURNING 1)
            SELECT user_id, type, (SELECT count(*) FROM gone) AS gone
            FROM page ORDER BY user_id DESC, type DESC LIMIT 1
            """.formatted(KeysetSweep.ROWS_PER_PAGE, TrustedPhoneNumbers.NOTE_ASKED);

    private CodeTable() {}

    /** Returns the parameters of {@link #UPSERT}. */
    static Tuple upserted(List<SmsCode> codes) {
        ColumnArrays<SmsCode> columns = new ColumnArrays<>(codes);
        return Tuple.from(new Object[] {
            columns.of(String[]::new, code -> code.userId),
            columns.of(String[]::new, code -> code.type),
            columns.of(UUID[]::new, code -> code.id),
            columns.of(String[]::new, code -> code.keyId),
            columns.of(Buffer[]::new, code -> Buffer.buffer(code.numberHash)),
            columns.of(OffsetDateTime[]::new, code -> code.expiresAt.atOffset(ZoneOffset.UTC)),
            columns.of(String[]::new, code -> code.country),
            columns.of(String[]::new, code -> code.prefixHash),
            columns.of(OffsetDateTime[]::new, code -> code.issuedAt.atOffset(ZoneOffset.UTC)),
            columns.of(Integer[]::new, code -> code.sends)
        });
    }

    /** Returns the parameters of {@link #REPEAT}. */
    static Tuple repeated(List<SmsCode> codes) {
        ColumnArrays<SmsCode> columns = new ColumnArrays<>(codes);
        return Tuple.of(
                columns.of(String[]::new, code -> code.userId),
                columns.of(UUID[]::new, code -> code.id),
                columns.of(Integer[]::new, code -> code.sends));
    }

    /** Maps a row of {@link #READ}. */
    static SmsCode code(Row row) {
        SmsCode code = SmsCode.unissued(key(row));
        code.id = row.getUUID("id");
        code.keyId = row.getString("key_id");
        code.numberHash = row.getBuffer("number_hash").getBytes();
        code.expiresAt = instant(row, "expires_at");
        code.guesses = row.getInteger("guesses");
        code.spentAt = instant(row, "spent_at");
        code.country = row.getString("country");
        code.prefixHash = row.getString("prefix_hash");
        code.issuedAt = instant(row, "issued_at");
        code.sends = row.getInteger("sends");
        return code;
    }

    static SmsCode.Key key(Row row) {
        return new SmsCode.Key(row.getString("user_id"), row.getString("type"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
