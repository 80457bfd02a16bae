package io.pims.authentication.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.Database;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.SendAttempt;
import io.pims.authentication.transaction.SmsOrder;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TransactionFinisherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String RECORDED = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand, status,
                created_at, deadline, attempts, lease, lease_until)
            VALUES ($1, 'driver', 'resetPIN', '', 'gone', '', 'en', 'peugeot', 'PENDING', now(), now() + interval '1 hour',
                1, 1, now() + interval '1 hour')
            """;

    @Inject
    TransactionFinisher finisher;

    @Inject
    Pool pool;

    @Inject
    Database database;

    private Claim recorded() {
        UUID id = new RequestIds().generate();
        database.execute(RECORDED, id);
        SmsOrder order = new SmsOrder(
                "driver",
                "resetPIN",
                new SealedNumber(new byte[0], "gone", new byte[0]),
                Optional.empty(),
                "en",
                "peugeot",
                Optional.empty());
        return new Claim(id, 1, 1, Duration.ofHours(1), Optional.empty(), order);
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    @Test
    void none_of_those_that_end_together_is_lost_when_their_leases_are_renewed_at_that_moment() {
        List<Claim> claims = Stream.generate(this::recorded).limit(20).toList();
        UUID[] ids = claims.stream().map(Claim::id).toArray(UUID[]::new);
        SqlConnection renewing = now(pool.getConnection());
        Transaction renewal = now(renewing.begin());
        now(renewing.preparedQuery(
                        "UPDATE sms_transaction SET lease_until = lease_until + interval '1 s' WHERE id = ANY($1)")
                .execute(Tuple.of(ids)));

        List<CompletableFuture<Boolean>> ends = claims.stream()
                .map(claim -> finisher.succeed(
                                claim, "id", new SendAttempt(1, "vonage", "ACCEPTED", "0", Duration.ZERO))
                        .subscribeAsCompletionStage())
                .toList();
        await().atMost(PATIENCE)
                .until(() -> database.count("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE wait_event_type = 'Lock' AND query LIKE '%finished_at%'")
                        > 0);
        now(renewal.commit());
        now(renewing.close());

        assertThat(ends.stream().map(CompletableFuture::join)).containsOnly(true);
        assertThat(database.count(
                        "SELECT count(*) FROM sms_transaction WHERE status = 'SUCCEEDED' AND id = ANY($1)",
                        (Object) ids))
                .isEqualTo(20);
    }

    /** As where a replica lost a lease without noticing, and claimed the transaction anew. */
    @Test
    void of_two_that_end_one_transaction_in_one_statement_the_one_that_has_the_lease_does() {
        List<Claim> inTheWay = Stream.generate(this::recorded).limit(2).toList();
        Claim earlier = recorded();
        Claim later =
                new Claim(earlier.id(), 2, 2, earlier.untilDeadline(), earlier.untilCodeExpires(), earlier.order());
        database.execute("UPDATE sms_transaction SET lease = 2 WHERE id = $1", earlier.id());
        SqlConnection locking = now(pool.getConnection());
        Transaction lock = now(locking.begin());
        now(locking.preparedQuery("SELECT FROM sms_transaction WHERE id = ANY($1) FOR UPDATE")
                .execute(Tuple.of(inTheWay.stream().map(Claim::id).toArray(UUID[]::new))));

        // The first two take a lane each, so that those that come meanwhile share a statement.
        List<CompletableFuture<Boolean>> ends = Stream.of(inTheWay.get(0), inTheWay.get(1), earlier, later)
                .map(claim -> finisher.succeed(
                                claim,
                                "lease " + claim.lease(),
                                new SendAttempt(1, "vonage", "ACCEPTED", "0", Duration.ZERO))
                        .subscribeAsCompletionStage())
                .toList();
        now(lock.commit());
        now(locking.close());

        assertThat(ends.stream().map(CompletableFuture::join)).containsExactly(true, true, false, true);
        assertThat(database.count(
                        "SELECT count(*) FROM sms_transaction WHERE provider_message_id = 'lease 2' AND id = $1",
                        earlier.id()))
                .isEqualTo(1);
    }
}
