package io.pims.authentication.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.Database;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.outcome.TransactionFinisher;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactions that wait in the database while the replica is full of work. */
@QuarkusTest
class ExpiryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String RECORDED = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand, status,
                created_at, deadline, attempts, lease, lease_until)
            VALUES ($1, 'driver', 'resetPIN', '', 'gone', '', 'en', 'peugeot', 'PENDING', now() - interval '1 minute',
                now() - interval '%s', 0, 0, now() - interval '%s')
            """;

    @Inject
    InFlight inFlight;

    @Inject
    TransactionFinisher finisher;

    @Inject
    Database database;

    private int taken;

    private UUID recorded(String deadlineAgo, String leaseEndedAgo) {
        UUID id = new RequestIds().generate();
        database.execute(RECORDED.formatted(deadlineAgo, leaseEndedAgo), id);
        return id;
    }

    private Row row(UUID id) {
        return database.execute("SELECT status, error_code FROM sms_transaction WHERE id = $1", id)
                .iterator()
                .next();
    }

    @AfterEach
    void giveBack() {
        inFlight.giveBack(taken);
    }

    @Test
    void what_is_past_its_deadline_ends_though_there_is_no_place_in_flight() {
        taken = inFlight.reserve(10_000);

        UUID late = recorded("1 second", "1 second");

        await().atMost(PATIENCE).until(() -> row(late).getString("status").equals("FAILED"));
        assertThat(row(late).getInteger("error_code")).isEqualTo(2201);
    }

    @Test
    void what_somebody_holds_a_lease_on_or_can_still_be_sent_does_not_expire() {
        taken = inFlight.reserve(10_000);
        UUID leased = recorded("1 second", "-1 minute");
        UUID inTime = recorded("-1 minute", "1 second");

        finisher.expire(500).await().atMost(PATIENCE);

        assertThat(row(leased).getString("status")).isEqualTo("PENDING");
        assertThat(row(inTime).getString("status")).isEqualTo("PENDING");
        database.execute("DELETE FROM sms_transaction WHERE id IN ($1, $2)", leased, inTime);
    }
}
