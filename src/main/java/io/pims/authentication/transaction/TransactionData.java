package io.pims.authentication.transaction;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.personaldata.Kept;
import io.pims.authentication.personaldata.KeptIn;
import io.pims.authentication.personaldata.LockOrder;
import io.pims.authentication.personaldata.PersonalData;
import io.pims.authentication.personaldata.UserStatements;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Transactions as the driver's data. The rows stay, to be counted against the provider's bill, with nobody in them: neither
 * the driver, the number and the code, nor what would lead back to them elsewhere, such as the provider's message id.
 */
@ApplicationScoped
@KeptIn("sms_transaction")
class TransactionData implements PersonalData {

    private static final String READ = """
            SELECT id, type, number, number_key_id, number_hash, language, brand, idempotency_key, status, error_code,
                created_at, finished_at, attempts, attempt_log, provider_message_id, delivery_status, delivery_error, delivery_at,
                trace_parent
            FROM (SELECT * FROM sms_transaction WHERE user_id = $1 AND status = 'PENDING'
                UNION ALL SELECT * FROM sms_transaction WHERE user_id = $1 AND finished_at IS NOT NULL) AS of_user
            ORDER BY id DESC LIMIT %d
            """.formatted(MOST_ROWS + 1);

    /** Nobody's name is empty. A late receipt finds the row by its id, as before. */
    private static final String ERASE = """
            UPDATE sms_transaction SET user_id = '', number = '', number_key_id = '', number_hash = '', code_id = NULL,
                code_key_id = NULL, code_expires_at = NULL, language = '', idempotency_key = NULL, fingerprint = NULL,
                provider_message_id = NULL, trace_parent = NULL
            WHERE user_id = $1 AND finished_at IS NOT NULL
            """;

    /** After {@link #ERASE}. A row that is left was not final then, though it may be by now. */
    private static final String LEFT = """
            SELECT count(*) AS rows, CAST(extract(epoch FROM max(deadline) - now()) * 1000 AS bigint) AS left_ms
            FROM (SELECT deadline FROM sms_transaction WHERE user_id = $1 AND status = 'PENDING'
                UNION ALL SELECT deadline FROM sms_transaction WHERE user_id = $1 AND finished_at IS NOT NULL) AS of_user
            """;

    private static final String ACTIVE = """
            SELECT user_id FROM sms_transaction WHERE user_id = ANY($1::text[]) AND status = 'PENDING'
            UNION SELECT user_id FROM sms_transaction
            WHERE user_id = ANY($1::text[]) AND finished_at > now() - make_interval(secs => $2)
            """;

    private final NumberVault vault;

    TransactionData(NumberVault vault) {
        this.vault = vault;
    }

    /**
     * An SMS that was ordered.
     *
     * @param phoneNumber E.164; null if its key is gone
     * @param code the error code; null unless it failed
     * @param attemptLog one object for each answer of a provider: its road, the outcome, the time it took
     * @param deliveryStatus null if no receipt came
     * @param deliveryError the provider's code; null without a failed delivery
     * @param traceParent null if the request was not traced
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OrderedSms(
            UUID id,
            String type,
            String phoneNumber,
            String language,
            String brand,
            String idempotencyKey,
            String status,
            Integer code,
            OffsetDateTime createdAt,
            OffsetDateTime finishedAt,
            int attempts,
            List<?> attemptLog,
            String providerMessageId,
            String deliveryStatus,
            Integer deliveryError,
            OffsetDateTime deliveryAt,
            String traceParent)
            implements Kept {

        @Override
        public String toString() {
            return "OrderedSms[id=" + id + "]";
        }
    }

    @Override
    public LockOrder order() {
        return LockOrder.TRANSACTIONS;
    }

    @Override
    public String name() {
        return "transactions";
    }

    @Override
    public Uni<List<Kept>> read(SqlConnection connection, String user) {
        return UserStatements.read(connection, READ, user, row -> ordered(row, user));
    }

    private OrderedSms ordered(Row row, String user) {
        SealedNumber sealed = SealedNumber.of(row);
        return new OrderedSms(
                row.getUUID("id"),
                row.getString("type"),
                vault.find(sealed, user).map(PhoneNumber::e164).orElse(null),
                row.getString("language"),
                row.getString("brand"),
                row.getString("idempotency_key"),
                row.getString("status"),
                row.getInteger("error_code"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("finished_at"),
                row.getInteger("attempts"),
                row.getJsonArray("attempt_log").getList(),
                row.getString("provider_message_id"),
                row.getString("delivery_status"),
                row.getInteger("delivery_error"),
                row.getOffsetDateTime("delivery_at"),
                row.getString("trace_parent"));
    }

    /** @return fails with 2201 while an SMS is in flight: its replica has the number in hand, and will write what became of it */
    @Override
    public Uni<Integer> erase(SqlConnection connection, String user, String pseudonym) {
        return UserStatements.change(connection, ERASE, user)
                .call(() -> connection
                        .preparedQuery(LEFT)
                        .execute(Tuple.of(user))
                        .map(RowSet::iterator)
                        .invoke(rows -> refuseIfLeft(rows.next())));
    }

    private static void refuseIfLeft(Row left) {
        if (left.getLong("rows") > 0) {
            throw ApiException.of(429, ErrorCode.TIMEOUT).retryAfter(Duration.ofMillis(left.getLong("left_ms")));
        }
    }

    @Override
    public Uni<Set<String>> active(SqlConnection connection, Collection<String> users, Duration within) {
        return UserStatements.active(connection, ACTIVE, users, within);
    }
}
