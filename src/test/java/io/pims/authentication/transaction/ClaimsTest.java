package io.pims.authentication.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Database;
import io.pims.authentication.http.RequestIds;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClaimsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String RECORDED = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand, status,
                created_at, deadline, attempts, lease, lease_until)
            VALUES ($1, 'driver', 'resetPIN', '', 'gone', '', 'en', 'peugeot', 'PENDING', now(), now() + interval '1 hour',
                1, 1, now() - interval '1 hour')
            """;

    @Inject
    InFlight inFlight;

    @Inject
    Claims claims;

    @Inject
    Database database;

    private final UUID id = new RequestIds().generate();
    private int taken;

    /** Nobody else claims it: the replica has no place left. */
    @BeforeEach
    void record() {
        taken = inFlight.reserve(10_000);
        database.execute(RECORDED, id);
    }

    @AfterEach
    void giveBack() {
        database.execute("DELETE FROM sms_transaction WHERE id = $1", id);
        inFlight.giveBack(taken);
    }

    private Claim claim() {
        return claims.claim(500).await().atMost(PATIENCE).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_claim_tells_the_calls_before_it_and_a_hand_back_leaves_its_last_one() {
        SendAttempt first = new SendAttempt(2, "second", "NO_ANSWER", "timeout", Duration.ofMillis(7));
        SendAttempt second = new SendAttempt(3, "second", "FAULT", null, Duration.ofMillis(8));

        Claim rescued = claim();
        assertThat(rescued.logged()).isEmpty();
        assertThat(rescued.unknownCalls()).as("the one of the first lease").isEqualTo(1);
        claims.retry(rescued, first).await().atMost(PATIENCE);
        claims.handBack(rescued, second).await().atMost(PATIENCE);

        Claim again = claim();
        assertThat(again.logged()).containsExactly(first, second);
        assertThat(again.unknownCalls()).isEqualTo(1);
        claims.handBack(List.of(again.heldLease())).await().atMost(PATIENCE);
        assertThat(claim().logged()).containsExactly(first, second);
        inFlight.release(new HeldLease(id, 4));
    }
}
