package io.pims.authentication.receipt;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Database;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.receipt.ReceiptMetrics.Result;
import io.pims.authentication.transaction.DeliveryState;
import io.pims.authentication.transaction.DeliveryStatus;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
public class DeliveryWriterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String RECORDED = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand, status,
                created_at, deadline, finished_at, attempts, lease, lease_until)
            VALUES ($1, 'driver', 'resetPIN', '', 'gone', '', 'en', 'peugeot', 'SUCCEEDED', now(), now(), now(), 1, 1, now())
            """;

    @Inject
    DeliveryWriter writer;

    @Inject
    Database database;

    private static List<DeliveryState> all() {
        return Stream.of(DeliveryStatus.values())
                .flatMap(status -> Stream.of(0, 6, 99).map(error -> new DeliveryState(status, error)))
                .collect(toList());
    }

    private UUID recorded() {
        UUID id = new RequestIds().generate();
        database.execute(RECORDED, id);
        return id;
    }

    private Result receives(UUID id, DeliveryState state) {
        return writer.record(id, state).await().atMost(PATIENCE).result();
    }

    private DeliveryState known(UUID id) {
        Row row = database.execute(
                        "SELECT delivery_status, delivery_error, delivery_at FROM sms_transaction WHERE id = $1", id)
                .iterator()
                .next();
        assertThat(row.getOffsetDateTime("delivery_at")).isNotNull();
        return new DeliveryState(
                DeliveryStatus.valueOf(row.getString("delivery_status")), row.getInteger("delivery_error"));
    }

    @Test
    void the_database_takes_each_receipt_after_each_other_as_the_rule_has_it() {
        for (DeliveryState first : all()) {
            for (DeliveryState second : all()) {
                UUID id = recorded();
                boolean supersedes = second.supersedes(first);

                assertThat(receives(id, first)).isEqualTo(Result.CHANGED);
                assertThat(receives(id, second))
                        .as("%s after %s", second, first)
                        .isEqualTo(supersedes ? Result.CHANGED : Result.UNCHANGED);
                assertThat(known(id)).isEqualTo(supersedes ? second : first);
            }
        }
    }

    @Test
    void receipts_that_come_all_at_once_end_in_the_strongest() {
        for (int seed = 0; seed < 10; seed++) {
            UUID id = recorded();
            List<DeliveryState> receipts = new ArrayList<>(all());
            receipts.addAll(all());
            Collections.shuffle(receipts, new Random(seed));

            Multi.createFrom()
                    .iterable(receipts)
                    .onItem()
                    .transformToUniAndMerge(state -> writer.record(id, state))
                    .collect()
                    .asList()
                    .await()
                    .atMost(PATIENCE);

            assertThat(known(id)).isEqualTo(new DeliveryState(DeliveryStatus.DELIVERED, 99));
        }
    }

    @Test
    void the_roads_that_the_SMS_was_tried_by_come_with_it() {
        UUID id = recorded();
        database.execute(
                "UPDATE sms_transaction SET attempt_log = $2 WHERE id = $1",
                id,
                new JsonArray()
                        .add(new JsonObject().put("number", 1))
                        .add(new JsonObject().put("number", 2).put("road", "first"))
                        .add(new JsonObject().put("number", 3).put("road", "second")));

        assertThat(writer.record(id, DeliveryState.SUBMITTED)
                        .await()
                        .atMost(PATIENCE)
                        .tried())
                .containsExactly("first", "second");
    }

    @Test
    void a_transaction_that_is_not_there_is_unknown() {
        assertThat(receives(UUID.randomUUID(), DeliveryState.SUBMITTED)).isEqualTo(Result.UNKNOWN_TRANSACTION);
    }
}
