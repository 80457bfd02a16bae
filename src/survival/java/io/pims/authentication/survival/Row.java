package io.pims.authentication.survival;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A transaction as the database has it.
 *
 * @param createdAt by the clock of the database, as are the other times; milliseconds since 1970
 * @param finishedAt 0 while it is PENDING
 * @param attempts calls of the provider, each counted before it is made
 * @param outcomes of those calls whose end was written down
 * @param messageId the provider's, of an SMS that it said to have taken; null if there is none
 */
record Row(
        UUID id,
        String key,
        String status,
        int errorCode,
        long createdAt,
        long finishedAt,
        int attempts,
        List<String> outcomes,
        String messageId) {

    /** Outcomes after which an SMS may have gone out or not. */
    private static final Set<String> UNCLEAR = Set.of("NO_ANSWER", "FAULT");

    private static final Set<String> ANSWERED = Set.of("ACCEPTED", "REFUSED", "MISCONFIGURED");

    boolean isFinal() {
        return !status.equals("PENDING");
    }

    /** Calls of which the database does not know whether an SMS went out: unclear ones, and those cut off. */
    long unclear() {
        return outcomes.stream().filter(UNCLEAR::contains).count() + attempts - outcomes.size();
    }

    long accepted() {
        return outcomes.stream().filter("ACCEPTED"::equals).count();
    }

    /** Calls that the provider is known to have answered. */
    long answered() {
        return outcomes.stream().filter(ANSWERED::contains).count();
    }

    static List<Row> all(Connection connection) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id, idempotency_key, status, error_code, created_at,"
                        + " finished_at, attempts, attempt_log, provider_message_id FROM sms_transaction")) {
            while (result.next()) {
                rows.add(new Row(
                        result.getObject(1, UUID.class),
                        result.getString(2),
                        result.getString(3),
                        result.getInt(4),
                        milliseconds(result, 5),
                        milliseconds(result, 6),
                        result.getInt(7),
                        new JsonArray(result.getString(8))
                                .stream()
                                        .map(attempt -> ((JsonObject) attempt).getString("outcome"))
                                        .toList(),
                        result.getString(9)));
            }
        }
        return rows;
    }

    private static long milliseconds(ResultSet result, int column) throws SQLException {
        OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
        return time == null ? 0 : time.toInstant().toEpochMilli();
    }
}
