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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A transaction as the database has it.
 *
 * @param createdAt by the clock of the database, as are the other times; milliseconds since 1970
 * @param finishedAt 0 while it is PENDING
 * @param attempts calls of the provider, each counted before it is made
 * @param log those calls whose end was written down, in their order
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
        List<Attempt> log,
        String messageId) {

    /** Outcomes after which an SMS may have gone out or not. */
    private static final Set<String> UNCLEAR = Set.of("NO_ANSWER", "FAULT");

    private static final Set<String> ANSWERED = Set.of("ACCEPTED", "REFUSED", "MISCONFIGURED");

    /**
     * A call of the provider.
     *
     * @param road the name of the one that it went by
     * @param outcome the kind
     */
    record Attempt(String road, String outcome) {}

    boolean isFinal() {
        return !status.equals("PENDING");
    }

    /** Calls of which the database does not know whether an SMS went out: unclear ones, and those cut off. */
    long unclear() {
        return log.stream().filter(each -> UNCLEAR.contains(each.outcome())).count() + unwritten();
    }

    /** Calls whose end was not written down. */
    int unwritten() {
        return attempts - log.size();
    }

    long accepted() {
        return log.stream().filter(Row::isAccepted).count();
    }

    long accepted(String road) {
        return by(road).filter(Row::isAccepted).count();
    }

    /** Calls that the provider of a road is known to have answered. */
    long answered(String road) {
        return by(road).filter(each -> ANSWERED.contains(each.outcome())).count();
    }

    /** Calls by a road whose end was written down. */
    long written(String road) {
        return by(road).count();
    }

    /** The roads that calls went by, as far as that was written down. */
    Set<String> roads() {
        return log.stream().map(Attempt::road).collect(Collectors.toSet());
    }

    private Stream<Attempt> by(String road) {
        return log.stream().filter(each -> each.road().equals(road));
    }

    private static boolean isAccepted(Attempt attempt) {
        return attempt.outcome().equals("ACCEPTED");
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
                                        .map(attempt -> attempt((JsonObject) attempt))
                                        .toList(),
                        result.getString(9)));
            }
        }
        return rows;
    }

    private static Attempt attempt(JsonObject json) {
        return new Attempt(json.getString("road"), json.getString("outcome"));
    }

    private static long milliseconds(ResultSet result, int column) throws SQLException {
        OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
        return time == null ? 0 : time.toInstant().toEpochMilli();
    }
}
