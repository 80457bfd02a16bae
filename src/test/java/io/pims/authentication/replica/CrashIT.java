package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.ProviderSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code kill -9}: a 202 is a promise. */
class CrashIT {

    /** One replica sends 40 a second to a provider this slow: four seconds, and a rescue may take six. */
    private static final int DRIVERS = 160;

    /** How many requests are answered before the crash: the others are still coming in, most SMS are still to be sent. */
    private static final int ACCEPTED = 120;

    private Installation installation;

    @BeforeEach
    void open() {
        installation = new Installation(CrashIT.class);
        installation.vonage().behave(new ProviderSettings(Behaviour.NORMAL, 500, true));
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void what_the_only_replica_leaves_behind_is_sent_when_it_is_back() {
        Replica replica = installation.start();
        Burst burst = new Burst(installation, List.of(replica), DRIVERS).awaitAccepted(ACCEPTED);

        replica.kill();
        long unfinished = burst.unfinished();
        replica.launch();
        replica.awaitReady();
        int repeats = burst.awaitAllSent();

        assertThat(unfinished).isPositive();
        assertThat((long) repeats)
                .as("only what had gone out and was not yet written down")
                .isLessThan(unfinished);
    }

    @Test
    void what_a_replica_leaves_behind_is_sent_by_the_other_one_within_a_lease() {
        List<Replica> replicas = installation.start(2, Map.of());
        Burst burst = new Burst(installation, replicas, DRIVERS).awaitAccepted(ACCEPTED);

        replicas.get(0).kill();
        long unfinished = burst.unfinished();
        int repeats = burst.awaitAllSent();

        assertThat(unfinished).isPositive();
        assertThat((long) repeats)
                .as("only what had gone out and was not yet written down")
                .isLessThan(unfinished);
        assertThat(replicas.get(1).output()).contains("Rescued transaction");
    }

    @Test
    void what_is_accepted_outlives_a_crash_of_PostgreSQL() {
        // Longer than the outage, or what was sent meanwhile could be claimed before its end is written.
        List<Replica> replicas = installation.start(1, Map.of("pims.transaction.lease", "20s"));
        Burst burst = new Burst(installation, replicas, DRIVERS).awaitAccepted(ACCEPTED / 2);

        Installation.SERVER.crash();
        Installation.SERVER.start();
        burst.awaitAllSent();

        assertThat(burst.answers())
                .hasSize(DRIVERS)
                .filteredOn(answer -> !answer.isAccepted())
                .allSatisfy(refusal -> {
                    assertThat(refusal.status()).isEqualTo(503);
                    assertThat(refusal.code()).isEqualTo(2204);
                });
    }
}
