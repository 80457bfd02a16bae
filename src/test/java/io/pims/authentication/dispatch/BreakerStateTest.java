package io.pims.authentication.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerStateTest {

    private static final Duration DELAY = Duration.ofSeconds(2);

    private long nanoTime = Long.MAX_VALUE - 1_000;
    private final BreakerState state = new BreakerState(DELAY, () -> nanoTime);

    @Test
    void a_closed_breaker_needs_no_probe() {
        assertThat(state.isClosed()).isTrue();
        assertThat(state.isDue()).isFalse();
        assertThat(state.mayProbe()).isFalse();
    }

    @Test
    void an_open_one_admits_nobody_until_its_delay_is_over() {
        state.changed(CircuitBreakerState.OPEN);
        assertThat(state.mayProbe()).isFalse();

        nanoTime += DELAY.toNanos() - 1;
        assertThat(state.mayProbe()).isFalse();

        nanoTime++;
        assertThat(state.isDue()).isTrue();
        assertThat(state.mayProbe()).isTrue();
    }

    @Test
    void a_half_open_one_admits_one_in_each_delay() {
        state.changed(CircuitBreakerState.OPEN);
        nanoTime += DELAY.toNanos();
        state.changed(CircuitBreakerState.HALF_OPEN);

        assertThat(state.mayProbe()).isTrue();
        assertThat(state.mayProbe()).isFalse();
        nanoTime += DELAY.toNanos();
        assertThat(state.mayProbe()).as("the first one may never have called").isTrue();
    }

    /** The provider takes connections and says nothing: of seven seconds the breaker is open for two. */
    @Test
    void while_calls_that_try_hang_it_is_open_all_the_time() {
        for (int round = 0; round < 20; round++) {
            state.changed(CircuitBreakerState.OPEN);
            assertThat(state.isOpen()).isTrue();
            nanoTime += DELAY.toNanos();
            state.changed(CircuitBreakerState.HALF_OPEN);
            assertThat(state.isOpen()).isTrue();
            nanoTime += Duration.ofSeconds(5).toNanos();
            assertThat(state.isOpen()).isTrue();
        }
    }

    @Test
    void without_calls_it_is_not_open_for_long_else_an_alert_would_stand_for_a_night() {
        state.changed(CircuitBreakerState.OPEN);
        nanoTime += DELAY.toNanos();
        state.changed(CircuitBreakerState.HALF_OPEN);

        nanoTime += Duration.ofSeconds(30).toNanos();

        assertThat(state.isOpen()).isFalse();
        assertThat(state.isClosed()).isFalse();
    }

    @Test
    void closed_again_it_is_closed() {
        state.changed(CircuitBreakerState.OPEN);
        nanoTime += DELAY.toNanos();
        state.changed(CircuitBreakerState.HALF_OPEN);
        assertThat(state.isClosed()).isFalse();
        state.changed(CircuitBreakerState.CLOSED);

        assertThat(state.isClosed()).isTrue();
        assertThat(state.isOpen()).isFalse();
        nanoTime += DELAY.toNanos();
        assertThat(state.mayProbe()).isFalse();
    }
}
