package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A call of a road's provider, as the log of its transaction has it. */
record Attempt(String road, String outcome) {

    boolean isUnclear() {
        return outcome.equals("NO_ANSWER") || outcome.equals("FAULT");
    }

    /** Those of all transactions, in their order. */
    static Map<UUID, List<Attempt>> byTransaction(Installation installation) {
        Map<UUID, List<Attempt>> attempts = new HashMap<>();
        try (Connection connection = installation.connect();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, attempts, attempt_log FROM sms_transaction")) {
            while (rows.next()) {
                JsonArray log = new JsonArray(rows.getString(3));
                assertThat(log.size()).as("each call is logged once: %s", log).isEqualTo(rows.getInt(2));
                attempts.put(
                        rows.getObject(1, UUID.class),
                        log.stream()
                                .map(JsonObject.class::cast)
                                .map(each -> new Attempt(each.getString("road"), each.getString("outcome")))
                                .toList());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return attempts;
    }
}
