package io.pims.authentication.sandbox;

import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.sandbox.SandboxRoads.SandboxRoad;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * The sandbox at a glance, as JSON: how the provider behaves, the roads to the phone, the newest messages, and the newest
 * transactions with all that is known of their lives, what the operator said of the SIM among it. Looked up a few times a
 * second while somebody listens, once for all of them.
 */
@Singleton
@IfBuildProfile(anyOf = {"dev", "test"})
class Snapshots {

    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final int MOST_MESSAGES = 50;

    private static final String TRANSACTIONS = """
            SELECT jsonb_build_object(
                'id', t.id, 'user', t.user_id, 'type', t.type, 'language', t.language, 'brand', t.brand,
                'status', t.status, 'errorCode', t.error_code,
                'createdAt', t.created_at, 'deadline', t.deadline, 'finishedAt', t.finished_at,
                'lease', t.lease, 'replica', t.lease_owner, 'attempts', t.attempts, 'attemptLog', t.attempt_log,
                'providerMessageId', t.provider_message_id,
                'delivery', jsonb_build_object(
                    'status', t.delivery_status, 'error', t.delivery_error, 'at', t.delivery_at),
                'codeExpiresAt', t.code_expires_at, 'spentAt', c.spent_at, 'guesses', c.guesses)
            FROM sms_transaction t
            LEFT JOIN sms_code c ON c.user_id = t.user_id AND c.type = t.type AND c.id = t.code_id
            ORDER BY t.id DESC LIMIT 12
            """;

    private final Pool pool;
    private final FakeVonage vonage;
    private final FakeOperator operator;
    private final List<SandboxRoad> roads;
    private final Multi<String> snapshots;
    private volatile boolean ending;

    Snapshots(Pool pool, FakeVonage vonage, FakeOperator operator, Config config) {
        this.pool = pool;
        this.vonage = vonage;
        this.operator = operator;
        this.roads = new SandboxRoads(name -> config.getOptionalValue(name, String.class)).inOrder();
        this.snapshots = Multi.createFrom()
                .ticks()
                .every(INTERVAL)
                .onOverflow()
                .drop()
                .select()
                .first(tick -> !ending)
                .onItem()
                .transformToUniAndConcatenate(tick -> take().onFailure().recoverWithNull())
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers();
    }

    /** The snapshot of now, and another one whenever something has changed; ends when the service shuts down. */
    Multi<String> changes() {
        return snapshots.onOverflow().dropPreviousItems().skip().repetitions();
    }

    /** A shutdown waits for the requests under way, and these would never end. */
    void end(@Observes ShutdownDelayInitiatedEvent shutdown) {
        ending = true;
    }

    private Uni<String> take() {
        return pool.withConnection(connection -> connection.query(TRANSACTIONS).execute())
                .map(this::snapshot);
    }

    private String snapshot(RowSet<Row> rows) {
        List<ReceivedMessage> received = vonage.messages();
        JsonArray messages = new JsonArray();
        received.subList(Math.max(0, received.size() - MOST_MESSAGES), received.size()).stream()
                .map(Snapshots::message)
                .forEach(messages::add);
        JsonArray transactions = new JsonArray();
        Map<String, JsonObject> questions = questions();
        rows.forEach(row -> {
            JsonObject transaction = labelled(row.getJsonObject(0));
            transactions.add(transaction.put("simSwap", questions.get(transaction.getString("id"))));
        });
        // The first road may be down by itself; what is ordered for all of them is in force for the last one too.
        ProviderSettings settings = vonage.settings(roads.get(roads.size() - 1).api());
        return new JsonObject()
                .put(
                        "provider",
                        new JsonObject()
                                .put("behaviour", settings.behaviour().word())
                                .put("receipts", settings.receipts()))
                .put("roads", roads())
                .put("messages", messages)
                .put("transactions", transactions)
                .encode();
    }

    /** What the operator was asked about each transaction, the last time. */
    private Map<String, JsonObject> questions() {
        Map<String, JsonObject> questions = new HashMap<>();
        operator.questions().forEach(question -> {
            JsonObject told =
                    new JsonObject().put("swapped", question.swapped()).put("at", question.at());
            question.hours().ifPresent(hours -> told.put("hours", hours));
            questions.put(question.correlator(), told);
        });
        return questions;
    }

    private JsonArray roads() {
        JsonArray told = new JsonArray();
        roads.forEach(road -> told.add(new JsonObject()
                .put("name", road.name())
                .put("api", road.api().word())
                .put("behaviour", vonage.settings(road.api()).behaviour().word())));
        return told;
    }

    private static JsonObject message(ReceivedMessage message) {
        return new JsonObject()
                .put("to", message.to())
                .put("from", message.from())
                .put("text", message.text())
                .put("clientRef", message.clientRef())
                .put("receivedAt", message.receivedAt())
                .put("api", message.api().word());
    }

    private static JsonObject labelled(JsonObject transaction) {
        Integer code = transaction.getInteger("errorCode");
        return code == null
                ? transaction
                : transaction.put("errorLabel", ErrorCode.of(code).label(null));
    }
}
