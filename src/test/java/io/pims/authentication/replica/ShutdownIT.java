package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.ProviderSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SIGTERM, as the orchestrator sends it before each replacement of a replica. */
class ShutdownIT {

    /**
     * {@code quarkus.shutdown.delay} (of {@link Installation#settings()}), {@code quarkus.shutdown.timeout} and
     * {@code pims.dispatch.drain} together: what the orchestrator must grant.
     */
    private static final Duration GRACE = Duration.ofSeconds(2 + 5 + 10);

    private static final int TERMINATED = 128 + 15;

    private Installation installation;

    @BeforeEach
    void open() {
        installation = new Installation(ShutdownIT.class);
        provider(1_500);
    }

    private void provider(int latencyMs) {
        installation.vonage().behave(new ProviderSettings(Behaviour.NORMAL, latencyMs, true));
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void work_under_load_is_handed_to_the_other_replica_and_no_SMS_is_sent_twice() {
        List<Replica> replicas = installation.start(2, Map.of());
        Replica leaving = replicas.get(0);
        Burst burst = new Burst(installation, List.of(leaving), 40).awaitAccepted(40);

        leaving.terminate();
        int exit = leaving.awaitEnd(GRACE);
        long waitingForALease = installation.count(
                "SELECT count(*) FROM sms_transaction WHERE status = 'PENDING' AND lease = 1 AND lease_until > now()");
        provider(100);
        int repeats = burst.awaitAllSent();

        assertThat(exit).isEqualTo(TERMINATED);
        assertThat(waitingForALease).isZero();
        assertThat(repeats).isZero();
        assertThat(replicas.get(1).output()).contains("Rescued transaction");
    }

    @Test
    void work_is_handed_to_the_next_start_where_there_is_no_other_replica() {
        Replica replica = installation.start();
        Burst burst = new Burst(installation, List.of(replica), 40).awaitAccepted(20);

        replica.terminate();
        replica.awaitEnd(GRACE);
        provider(100);
        replica.launch();
        replica.awaitReady();

        assertThat(burst.awaitAllSent()).isZero();
        assertThat(burst.answers()).filteredOn(answer -> !answer.isAccepted()).allSatisfy(ShutdownIT::isRefusal);
    }

    @Test
    void calls_under_way_are_finished_and_who_waits_for_them_is_answered() {
        Replica replica = installation.start();
        Burst burst = new Burst(installation, List.of(replica), 4, "Prefer", "wait=20");
        await().until(() -> installation.vonage().messages().size() == 4);

        replica.terminate();
        int exit = replica.awaitEnd(GRACE);

        assertThat(exit).isEqualTo(TERMINATED);
        assertThat(burst.answers())
                .hasSize(4)
                .allSatisfy(answer -> assertThat(answer.state()).isIn("PENDING", "SUCCEEDED"));
        assertThat(burst.unfinished()).isZero();
        assertThat(burst.awaitAllSent()).isZero();
    }

    @Test
    void while_it_leaves_a_replica_is_not_ready_and_refuses_with_2001() {
        Replica replica = installation.start();
        Driver driver = installation.driver();
        new Burst(installation, List.of(replica), 4).awaitAccepted(4);

        replica.terminate();
        await().pollInterval(Duration.ofMillis(5)).until(() -> replica.probe("ready") == 503);
        Answer refusal = replica.ask(driver.token()).join();
        int liveness = replica.probe("live");
        replica.awaitEnd(GRACE);

        assertThat(liveness).isEqualTo(200);
        isRefusal(refusal);
    }

    private static void isRefusal(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo(2001);
        assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
    }
}
