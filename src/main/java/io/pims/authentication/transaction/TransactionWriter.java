package io.pims.authentication.transaction;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.pims.authentication.code.CodeReference;
import io.pims.authentication.database.ColumnArrays;
import io.pims.authentication.http.ErrorCode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Records requests for SMS, many in one statement, within the SQL transaction on the connection. */
@ApplicationScoped
public class TransactionWriter {

    /** Each array by itself: of a function in FROM, PostgreSQL keeps all rows in a store first, a store for each array. */
    static final String RECORD = """
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

    static final String REPLAYS = """
            SELECT id, by_user, under, type, number_hash, status, error_code
            FROM unnest($1::text[], $2::text[]) AS asked (by_user, under)
            CROSS JOIN LATERAL (
                SELECT id, type, number_hash, status, error_code FROM sms_transaction
                WHERE user_id = by_user AND idempotency_key = under LIMIT 1) AS known
            """;

    static final String RECORDED = "SELECT id FROM sms_transaction WHERE id = ANY($1)";

    private final TransactionConfig config;
    private final InFlight inFlight;

    public TransactionWriter(TransactionConfig config, InFlight inFlight) {
        this.config = config;
        this.inFlight = inFlight;
    }

    /** Under which key a user has asked. */
    public record UserKey(String user, String key) {}

    /** Records all of them as PENDING, or fails and records none. */
    public Uni<Void> record(SqlConnection connection, List<NewTransaction> transactions) {
        ColumnArrays<NewTransaction> columns = new ColumnArrays<>(transactions);
        Tuple tuple = Tuple.tuple()
                .addValue(columns.of(UUID[]::new, NewTransaction::id))
                .addValue(columns.of(
                        String[]::new, transaction -> transaction.order().user()))
                .addValue(columns.of(
                        String[]::new, transaction -> transaction.order().type()))
                .addValue(columns.of(
                        Buffer[]::new,
                        transaction -> Buffer.buffer(transaction.order().number())))
                .addValue(columns.of(
                        String[]::new, transaction -> transaction.order().numberKeyId()))
                .addValue(columns.of(
                        Buffer[]::new,
                        transaction -> Buffer.buffer(transaction.order().numberHash())))
                .addValue(columns.of(UUID[]::new, ofCode(CodeReference::id)))
                .addValue(columns.of(String[]::new, ofCode(CodeReference::keyId)))
                .addValue(columns.of(OffsetDateTime[]::new, ofCode(code -> utc(code.expiresAt()))))
                .addValue(columns.of(
                        String[]::new, transaction -> transaction.order().language()))
                .addValue(columns.of(
                        String[]::new, transaction -> transaction.order().brand()))
                .addValue(columns.of(
                        String[]::new, transaction -> key(transaction).orElse(null)))
                .addValue(columns.of(Buffer[]::new, TransactionWriter::fingerprint))
                .addValue(columns.of(OffsetDateTime[]::new, transaction -> utc(transaction.at())))
                .addValue(columns.of(Integer[]::new, transaction -> transaction.heldHere() ? HeldLease.FIRST_LEASE : 0))
                .addValue(columns.of(
                        Double[]::new,
                        transaction -> Claims.seconds(transaction.deadline().left())))
                .addValue(inFlight.replica())
                .addValue(Claims.seconds(config.lease()))
                .addValue(columns.of(
                        String[]::new,
                        transaction -> transaction.order().traceParent().orElse(null)));
        return connection.preparedQuery(RECORD).execute(tuple).replaceWithVoid();
    }

    /** The right to send from here what was recorded just now; empty if it is for whoever claims it. */
    public Optional<Claim> claim(NewTransaction transaction) {
        if (!transaction.heldHere()) {
            return Optional.empty();
        }
        Claim claim = new Claim(
                transaction.id(),
                HeldLease.FIRST_LEASE,
                1,
                transaction.deadline().left(),
                transaction.order().code().map(code -> Duration.between(transaction.at(), code.expiresAt())),
                transaction.order());
        inFlight.recorded(claim.heldLease());
        return Optional.of(claim);
    }

    /** What was recorded before under these keys. */
    public Uni<Map<UserKey, Replay>> replays(SqlConnection connection, Collection<UserKey> asked) {
        if (asked.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return connection
                .preparedQuery(REPLAYS)
                .execute(Tuple.of(
                        asked.stream().map(UserKey::user).toArray(String[]::new),
                        asked.stream().map(UserKey::key).toArray(String[]::new)))
                .map(rows -> stream(rows)
                        .collect(toMap(
                                row -> new UserKey(row.getString("by_user"), row.getString("under")),
                                TransactionWriter::replay)));
    }

    /** Which of these are recorded: what a connection that broke in the middle of a commit leaves open. */
    public Uni<Set<UUID>> recorded(SqlConnection connection, Collection<UUID> ids) {
        return connection
                .preparedQuery(RECORDED)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> stream(rows).map(row -> row.getUUID("id")).collect(toSet()));
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static Replay replay(Row row) {
        Integer code = row.getInteger("error_code");
        return new Replay(
                new Transaction(
                        row.getUUID("id"),
                        TransactionStatus.valueOf(row.getString("status")),
                        code == null ? null : ErrorCode.of(code)),
                row.getString("type"),
                row.getBuffer("number_hash").getBytes());
    }

    private static Optional<String> key(NewTransaction transaction) {
        return transaction.idempotency().map(Idempotency::key);
    }

    /**
     * Of the type alone, and no number. Nobody reads it here: it is for replicas of the release before, which fail where
     * there is none. Goes with its column in the next release.
     */
    private static Buffer fingerprint(NewTransaction transaction) {
        return transaction
                .idempotency()
                .map(idempotency -> Buffer.buffer(sha256(idempotency.type() + '\n')))
                .orElse(null);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <T> Function<NewTransaction, T> ofCode(Function<CodeReference, T> value) {
        return transaction -> transaction.order().code().map(value).orElse(null);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
