package io.pims.authentication.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.dispatch.SendPace.Grant;
import org.junit.jupiter.api.Test;

class SendPaceTest {

    private static final long MS = 1_000_000;

    @Test
    void a_grants_calls_are_due_one_interval_after_the_other() {
        Grant grant = new Grant(2, 100 * MS, 10 * MS);

        assertThat(grant.isDue(100 * MS - 1)).isFalse();
        assertThat(grant.isDue(100 * MS)).isTrue();
        assertThat(grant.spend().isDue(109 * MS)).isFalse();
        assertThat(grant.spend().isDue(110 * MS)).isTrue();
        assertThat(grant.spend().spend().isDue(200 * MS)).isFalse();
    }

    @Test
    void what_was_not_used_in_its_time_is_lost() {
        Grant grant = new Grant(5, 0, 10 * MS);

        assertThat(grant.isDue(100 * MS)).isTrue();
        assertThat(grant.isDue(101 * MS)).isFalse();
        assertThat(grant.isLeft(101 * MS)).isFalse();
    }

    @Test
    void the_wait_is_told_in_whole_milliseconds_rounded_up() {
        Grant grant = new Grant(1, 10 * MS + 1, MS);

        assertThat(grant.untilDueMs(0)).isEqualTo(11);
        assertThat(grant.untilDueMs(10 * MS)).isEqualTo(1);
        assertThat(grant.untilDueMs(20 * MS)).isEqualTo(1);
    }
}
