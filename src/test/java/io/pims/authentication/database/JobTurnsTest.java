package io.pims.authentication.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.Database;
import io.pims.authentication.database.JobTurns.Next;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JobTurnsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Pool pool;

    @Inject
    Database database;

    private final String job = "job-" + UUID.randomUUID();
    private final AtomicReference<String> position = new AtomicReference<>();

    private JobTurns one;
    private JobTurns another;

    @BeforeEach
    void two_replicas_and_a_job() {
        database.execute("INSERT INTO job_turn (job, next_at, position) VALUES ($1, '-infinity', '')", job);
        one = new JobTurns(pool);
        another = new JobTurns(pool);
    }

    @AfterEach
    void the_job_has_gone() {
        database.execute("DELETE FROM job_turn WHERE job = $1", job);
    }

    private boolean takes(JobTurns replica, Next next) {
        return replica.take(job, at -> {
                    position.set(at);
                    return Uni.createFrom().item(next);
                })
                .await()
                .atMost(PATIENCE);
    }

    private void minutesPass(int minutes) {
        database.execute(
                "UPDATE job_turn SET next_at = next_at - make_interval(mins => $2) WHERE job = $1", job, minutes);
    }

    @Test
    void while_one_does_a_bite_the_other_does_none() {
        CompletableFuture<Next> working = new CompletableFuture<>();
        CompletableFuture<Boolean> first =
                one.take(job, at -> Uni.createFrom().completionStage(working)).subscribeAsCompletionStage();

        await().until(() ->
                database.count("SELECT count(*) FROM job_turn WHERE job = $1 AND next_at > now()", job) == 1);

        assertThat(takes(another, new Next("", Duration.ZERO))).isFalse();
        working.complete(new Next("far", Duration.ZERO));
        assertThat(first.join()).isTrue();
    }

    @Test
    void the_next_one_begins_where_the_one_before_came_to_whoever_it_is() {
        takes(one, new Next("far", Duration.ZERO));

        takes(another, new Next("", Duration.ZERO));

        assertThat(position).hasValue("far");
    }

    @Test
    void nobody_begins_before_the_pause_is_over() {
        takes(one, new Next("", Duration.ofMinutes(5)));

        assertThat(takes(one, new Next("", Duration.ZERO))).isFalse();
        assertThat(takes(another, new Next("", Duration.ZERO))).isFalse();
        minutesPass(5);
        assertThat(takes(another, new Next("", Duration.ZERO))).isTrue();
    }

    @Test
    void a_bite_that_failed_is_done_again_by_anybody_after_a_minute() {
        assertThatThrownBy(() -> one.take(job, at -> Uni.createFrom().failure(new IllegalStateException("killed")))
                        .await()
                        .atMost(PATIENCE))
                .hasMessage("killed");

        assertThat(takes(another, new Next("", Duration.ZERO))).isFalse();
        minutesPass(1);
        assertThat(takes(another, new Next("", Duration.ZERO))).isTrue();
        assertThat(position).hasValue("");
    }

    @Test
    void who_took_longer_than_the_turn_moves_nothing_that_is_the_next_ones_by_now() {
        one.take(
                        job,
                        at -> Uni.createFrom()
                                .item(() -> {
                                    minutesPass(1);
                                    takes(another, new Next("far", Duration.ofMinutes(5)));
                                    return new Next("back", Duration.ZERO);
                                })
                                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .await()
                .atMost(PATIENCE);

        assertThat(database.execute("SELECT position FROM job_turn WHERE job = $1", job)
                        .iterator()
                        .next()
                        .getString(0))
                .isEqualTo("far");
    }
}
