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
    void a_closed_breaker_admits_everybody() {
        assertThat(state.isClosed()).isTrue();
        assertThat(state.admits(false)).isTrue();
        assertThat(state.admits(true)).isTrue();
    }

    @Test
    void an_open_one_admits_nobody_until_its_delay_is_over() {
        state.changed(CircuitBreakerState.OPEN);
        assertThat(state.admits(true)).isFalse();

        nanoTime += DELAY.toNanos() - 1;
        assertThat(state.admits(true)).isFalse();

        nanoTime++;
        assertThat(state.admits(true)).isTrue();
    }

    @Test
    void a_half_open_one_admits_one_in_each_delay_and_only_who_can_afford_it() {
        state.changed(CircuitBreakerState.OPEN);
        nanoTime += DELAY.toNanos();
        state.changed(CircuitBreakerState.HALF_OPEN);

        assertThat(state.admits(false)).isFalse();
        assertThat(state.admits(true)).isTrue();
        assertThat(state.admits(true)).isFalse();
        nanoTime += DELAY.toNanos();
        assertThat(state.admits(true)).as("the first one may never have called").isTrue();
    }

    @Test
    void closed_again_it_admits_everybody() {
        state.changed(CircuitBreakerState.OPEN);
        state.changed(CircuitBreakerState.HALF_OPEN);
        assertThat(state.isClosed()).isFalse();
        state.changed(CircuitBreakerState.CLOSED);

        assertThat(state.admits(false)).isTrue();
    }
}
