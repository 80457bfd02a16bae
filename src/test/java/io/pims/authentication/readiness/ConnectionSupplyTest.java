package io.pims.authentication.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.readiness.ConnectionSupply.State;
import io.pims.authentication.sms.TestConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionSupplyTest {

    private static final Duration CONTACT = Duration.ofSeconds(15);

    /** By default 30 s and 2 min. */
    private static final ReadinessConfig CONFIG = TestConfig.of(ReadinessConfig.class);

    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
    private final ConnectionSupply supply = new ConnectionSupply(CONFIG, CONTACT, () -> now);

    private void seconds(int seconds, Runnable eachSecond) {
        for (int second = 0; second < seconds; second++) {
            now += Duration.ofSeconds(1).toNanos();
            eachSecond.run();
        }
    }

    private void whileTheDatabaseAnswers(int seconds) {
        seconds(seconds, supply::databaseAnswered);
    }

    private void whileTheDatabaseIsAway(int seconds) {
        seconds(seconds, () -> {});
    }

    @Test
    void a_pool_that_gives_nothing_for_long_while_the_database_answers_is_exhausted() {
        whileTheDatabaseAnswers(31);
        State before = supply.state();
        whileTheDatabaseAnswers(1);

        assertThat(before).isEqualTo(State.ENOUGH);
        assertThat(supply.state()).isEqualTo(State.EXHAUSTED);
        assertThat(supply.sinceLent()).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void one_connection_heals_it() {
        whileTheDatabaseAnswers(100);

        supply.lent();

        assertThat(supply.state()).isEqualTo(State.ENOUGH);
    }

    @Test
    void a_database_that_is_away_is_borne_for_longer() {
        whileTheDatabaseAnswers(10);
        supply.lent();
        whileTheDatabaseIsAway(120);
        State before = supply.state();
        whileTheDatabaseIsAway(1);

        assertThat(before).isEqualTo(State.ENOUGH);
        assertThat(supply.state()).isEqualTo(State.CUT_OFF);
    }

    @Test
    void a_database_that_falls_silent_is_at_no_time_taken_for_an_exhausted_pool() {
        whileTheDatabaseAnswers(10);
        supply.lent();
        supply.databaseAnswered();

        seconds(120, () -> assertThat(supply.state()).isEqualTo(State.ENOUGH));
    }

    @Test
    void after_an_outage_the_pool_has_its_time_again() {
        supply.lent();
        whileTheDatabaseIsAway(110);
        whileTheDatabaseAnswers(30);
        State before = supply.state();
        whileTheDatabaseAnswers(2);

        assertThat(before).isEqualTo(State.ENOUGH);
        assertThat(supply.state()).isEqualTo(State.EXHAUSTED);
    }

    @Test
    void a_replica_that_was_cut_off_is_ready_as_soon_as_the_database_answers() {
        whileTheDatabaseIsAway(1_000);

        supply.databaseAnswered();

        assertThat(supply.state()).isEqualTo(State.ENOUGH);
    }

    @Test
    void while_the_pool_gives_it_does_not_matter_what_is_heard_beside_it() {
        seconds(1_000, supply::lent);

        assertThat(supply.state()).isEqualTo(State.ENOUGH);
    }
}
