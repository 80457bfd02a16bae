package io.pims.authentication.support;

import static io.pims.authentication.support.RecoveryState.DONE;
import static io.pims.authentication.support.RecoveryState.REQUESTED;
import static io.pims.authentication.support.RecoveryState.UNDONE;
import static io.pims.authentication.support.RecoveryStep.CARRY_OUT;
import static io.pims.authentication.support.RecoveryStep.NONE;
import static io.pims.authentication.support.RecoveryStep.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.support.RecoveryStep.Running;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecoveryStepTest {

    private static Optional<Running> running(RecoveryState state) {
        return Optional.of(new Running(state, "ann"));
    }

    @Test
    void one_person_is_enough_where_one_is_asked_for() {
        assertThat(RecoveryStep.of(Optional.empty(), "ann", 1)).isEqualTo(CARRY_OUT);
        assertThat(RecoveryStep.of(running(UNDONE), "ann", 1)).isEqualTo(CARRY_OUT);
        assertThat(RecoveryStep.of(running(REQUESTED), "ann", 1)).isEqualTo(CARRY_OUT);
    }

    @Test
    void where_two_are_asked_for_the_second_one_carries_it_out() {
        assertThat(RecoveryStep.of(Optional.empty(), "ann", 2)).isEqualTo(REQUEST);
        assertThat(RecoveryStep.of(running(REQUESTED), "bob", 2)).isEqualTo(CARRY_OUT);
    }

    @Test
    void nobody_confirms_what_he_has_asked_for_himself() {
        assertThat(RecoveryStep.of(running(REQUESTED), "ann", 2)).isEqualTo(NONE);
    }

    @Test
    void one_that_was_undone_needs_two_again() {
        assertThat(RecoveryStep.of(running(UNDONE), "bob", 2)).isEqualTo(REQUEST);
    }

    @Test
    void what_is_done_is_not_done_again() {
        for (String by : new String[] {"ann", "bob"}) {
            assertThat(RecoveryStep.of(running(DONE), by, 1)).isEqualTo(NONE);
            assertThat(RecoveryStep.of(running(DONE), by, 2)).isEqualTo(NONE);
        }
    }
}
