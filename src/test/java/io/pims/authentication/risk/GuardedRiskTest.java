package io.pims.authentication.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.risk.SimSwap.Kind;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardedRiskTest {

    private static final SimSwap SWAPPED = SimSwap.of(true, "HTTP 200");

    private Throwable seen;

    private record Risk(SimSwap answer) implements NumberRisk {

        @Override
        public Uni<SimSwap> simSwap(PhoneNumber number, UUID transaction) {
            return Uni.createFrom().item(answer);
        }

        @Override
        public void close() {}
    }

    /** SmallRye's own needs a container. */
    private TypedGuard<Uni<SimSwap>> guard(RuntimeException refusal) {
        return new TypedGuard<>() {

            @Override
            public Uni<SimSwap> call(Callable<Uni<SimSwap>> action) throws Exception {
                return action.call();
            }

            @Override
            public Uni<SimSwap> get(Supplier<Uni<SimSwap>> action) {
                return refusal == null
                        ? action.get().onFailure().invoke(failure -> seen = failure)
                        : Uni.createFrom().failure(refusal);
            }
        };
    }

    private SimSwap ask(SimSwap answer, RuntimeException refusal) {
        return ScriptedOperator.ask(new GuardedRisk(new Risk(answer), guard(refusal)));
    }

    @ParameterizedTest
    @EnumSource
    void the_breaker_sees_what_counts_for_it_and_the_asker_the_answer(Kind kind) {
        SimSwap answer = new SimSwap(kind, "detail");

        assertThat(ask(answer, null)).isEqualTo(answer);
        assertThat(seen != null).isEqualTo(kind.isFailure());
    }

    @Test
    void a_refusal_by_the_guard_is_an_answer() {
        assertThat(ask(SWAPPED, new TimeoutException())).isEqualTo(new SimSwap(Kind.NO_ANSWER, "timeout"));
        assertThat(ask(SWAPPED, new BulkheadException())).isEqualTo(new SimSwap(Kind.NOT_ASKED, "bulkhead"));
        assertThat(ask(SWAPPED, new CircuitBreakerOpenException()))
                .isEqualTo(new SimSwap(Kind.NOT_ASKED, "breaker open"));
    }
}
