package io.pims.authentication.transaction;

import static java.util.stream.Collectors.toSet;

import io.pims.authentication.code.CodeReference;
import io.pims.authentication.database.ColumnArrays;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Rows of {@link TransactionTable} as records, and the other way round. */
public final class TransactionRows {

    private TransactionRows() {}

    /** Returns the parameters of {@link TransactionTable#INSERT}. */
    static Tuple inserted(List<NewTransaction> transactions, UUID replica, Duration lease) {
        ColumnArrays<NewTransaction> rows = new ColumnArrays<>(transactions);
        ColumnArrays<SmsOrder> orders = new ColumnArrays<>(
                transactions.stream().map(NewTransaction::order).toList());
        ColumnArrays<SealedNumber> numbers =
                new ColumnArrays<>(orders.rows().stream().map(SmsOrder::number).toList());
        ColumnArrays<CodeReference> codes = new ColumnArrays<>(
                orders.rows().stream().map(order -> order.code().orElseThrow()).toList());
        return Tuple.from(new Object[] {
            rows.of(UUID[]::new, NewTransaction::id),
            orders.of(String[]::new, SmsOrder::user),
            orders.of(String[]::new, SmsOrder::type),
            numbers.of(Buffer[]::new, number -> Buffer.buffer(number.ciphertext())),
            numbers.of(String[]::new, SealedNumber::keyId),
            numbers.of(Buffer[]::new, number -> Buffer.buffer(number.hash())),
            codes.of(UUID[]::new, CodeReference::id),
            codes.of(String[]::new, CodeReference::keyId),
            codes.of(OffsetDateTime[]::new, code -> utc(code.expiresAt())),
            orders.of(String[]::new, SmsOrder::language),
            orders.of(String[]::new, SmsOrder::brand),
            rows.of(
                    String[]::new,
                    row -> row.idempotency().map(Idempotency::key).orElse(null)),
            rows.of(
                    Buffer[]::new,
                    row -> row.idempotency()
                            .map(Idempotency::fingerprint)
                            .map(Buffer::buffer)
                            .orElse(null)),
            rows.of(OffsetDateTime[]::new, row -> utc(row.at())),
            rows.of(Integer[]::new, row -> row.heldHere() ? HeldLease.FIRST_LEASE : 0),
            rows.of(Double[]::new, row -> seconds(row.deadline().left())),
            replica,
            seconds(lease),
            orders.of(String[]::new, order -> order.traceParent().orElse(null))
        });
    }

    /** Maps a row of {@link TransactionTable#FIND}. */
    static Transaction transaction(Row row) {
        Transaction known = withoutDelivery(row);
        String delivery = row.getString("delivery_status");
        return delivery == null
                ? known
                : new Transaction(
                        known.id(),
                        known.status(),
                        known.error(),
                        new DeliveryState(DeliveryStatus.valueOf(delivery), row.getInteger("delivery_error")));
    }

    /** Maps a row of {@link TransactionTable#FIND_LATEST}. */
    static RecordedTransaction recorded(Row row) {
        return new RecordedTransaction(
                transaction(row),
                row.getString("type"),
                row.getOffsetDateTime("created_at").toInstant(),
                attempts(row),
                row.getString("language"),
                Optional.of(row.getString("brand")).filter(brand -> !brand.isEmpty()));
    }

    /** Maps a row of {@link TransactionTable#FIND_REPLAYS}. */
    static Replay replay(Row row) {
        return new Replay(
                withoutDelivery(row),
                row.getString("type"),
                row.getBuffer("number_hash").getBytes());
    }

    private static Transaction withoutDelivery(Row row) {
        return Transaction.of(row.getUUID("id"), row.getString("status"), row.getInteger("error_code"));
    }

    /** Maps a row of {@link TransactionTable#CLAIM}. */
    static Claim claim(Row row) {
        SealedNumber number = SealedNumber.of(row);
        Optional<CodeReference> code = Optional.ofNullable(row.getUUID("code_id"))
                .map(id -> new CodeReference(
                        id,
                        row.getString("code_key_id"),
                        row.getOffsetDateTime("code_expires_at").toInstant()));
        SmsOrder order = new SmsOrder(
                row.getString("user_id"),
                row.getString("type"),
                number,
                code,
                row.getString("language"),
                row.getString("brand"),
                Optional.ofNullable(row.getString("trace_parent")));
        return new Claim(
                row.getUUID("id"),
                row.getInteger("lease"),
                row.getInteger("attempts"),
                Duration.ofMillis(row.getLong("deadline_ms")),
                Optional.ofNullable(row.getLong("code_ms")).map(Duration::ofMillis),
                order,
                attempts(row));
    }

    /** Returns the log of a transaction's attempts, in their order; nothing where no transaction was found. */
    public static List<SendAttempt> attempts(Row row) {
        return Optional.ofNullable(row.getJsonArray("attempt_log")).stream()
                .flatMap(JsonArray::stream)
                .map(JsonObject.class::cast)
                .map(SendAttempt::of)
                .toList();
    }

    /** Maps the rows of {@link TransactionTable#RENEW} and {@link TransactionTable#FINISH}. */
    public static Set<HeldLease> leases(RowSet<Row> rows) {
        return rows.stream()
                .map(row -> new HeldLease(row.getUUID("id"), row.getInteger("lease")))
                .collect(toSet());
    }

    /** Returns the duration in seconds, as {@code make_interval} takes it. */
    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
