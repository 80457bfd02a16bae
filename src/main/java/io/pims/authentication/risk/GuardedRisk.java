package io.pims.authentication.risk;

import io.pims.authentication.risk.SimSwap.Kind;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/** Timeout, circuit breaker and bulkhead around each question (SmallRye Fault Tolerance). It repeats none. */
final class GuardedRisk implements NumberRisk {

    private static final String NAME = "sim-swap";

    private final NumberRisk risk;
    private final TypedGuard<Uni<SimSwap>> guard;

    GuardedRisk(NumberRisk risk, RiskConfig.Question config) {
        this(
                risk,
                TypedGuard.create(new TypeLiteral<Uni<SimSwap>>() {})
                        .withDescription(NAME)
                        .withTimeout()
                        .duration(config.timeout().toMillis(), ChronoUnit.MILLIS)
                        .done()
                        .withBulkhead()
                        .limit(config.clients())
                        .queueSize(config.clients())
                        .done()
                        .withCircuitBreaker()
                        .name(NAME)
                        .requestVolumeThreshold(config.breaker().requestVolume())
                        .failureRatio(config.breaker().failureRatio())
                        .delay(config.breaker().delay().toMillis(), ChronoUnit.MILLIS)
                        .when(failure -> failure instanceof Failed || failure instanceof TimeoutException)
                        .done()
                        .build());
    }

    GuardedRisk(NumberRisk risk, TypedGuard<Uni<SimSwap>> guard) {
        this.risk = risk;
        this.guard = guard;
    }

    /** Asks once. Refusals by the guard are answers too. */
    @Override
    public Uni<SimSwap> simSwap(PhoneNumber number, UUID transaction) {
        return guard.get(() -> risk.simSwap(number, transaction).invoke(answer -> {
                    if (answer.kind().isFailure()) {
                        throw new Failed(answer);
                    }
                }))
                .onFailure(Failed.class)
                .recoverWithItem(failure -> failure.answer)
                .onFailure(TimeoutException.class)
                .recoverWithItem(new SimSwap(Kind.NO_ANSWER, "timeout"))
                .onFailure(CircuitBreakerOpenException.class)
                .recoverWithItem(new SimSwap(Kind.NOT_ASKED, "breaker open"))
                .onFailure(BulkheadException.class)
                .recoverWithItem(new SimSwap(Kind.NOT_ASKED, "bulkhead"));
    }

    @Override
    public void close() {
        risk.close();
    }

    private static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient SimSwap answer;

        private Failed(SimSwap answer) {
            super(answer.kind().name(), null, false, false);
            this.answer = answer;
        }
    }
}
