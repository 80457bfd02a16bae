package io.pims.authentication.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.Database;
import io.pims.authentication.outcome.OutcomeWaiters;
import io.pims.authentication.outcome.OutcomeWaiters.Waiter;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The one connection that hears outcomes, in PostgreSQL's own view. */
@QuarkusTest
class ListeningTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String LISTENERS =
            " FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN%'";

    @Inject
    Database database;

    @Inject
    OutcomeWaiters outcomes;

    private long listeners() {
        return database.count("SELECT count(*)" + LISTENERS);
    }

    private int listener() {
        return database.execute("SELECT pid" + LISTENERS).iterator().next().getInteger(0);
    }

    @Test
    void after_each_of_many_ends_there_is_one_again_and_it_hears() {
        await().atMost(PATIENCE).until(() -> listeners() == 1);

        for (int times = 0; times < 5; times++) {
            int ended = listener();
            database.execute("SELECT pg_terminate_backend($1)", ended);
            await().atMost(PATIENCE).until(() -> listeners() == 1 && listener() != ended);
        }

        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> listeners() == 1);
        UUID id = UUID.randomUUID();
        try (Waiter waiter = outcomes.register(id).orElseThrow()) {
            database.execute("SELECT pg_notify('" + TransactionTable.CHANNEL + "', $1)", id + " FAILED 2201");
            Optional<Transaction> heard = waiter.await(PATIENCE).await().atMost(PATIENCE);
            assertThat(heard).map(Transaction::status).contains(TransactionStatus.FAILED);
        }
    }
}
