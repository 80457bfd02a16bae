package io.pims.authentication.risk;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.pims.authentication.risk.SimSwap.Kind;
import io.pims.authentication.tracing.Spans;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * The question whether the SIM of a number was swapped lately, and what follows from the answer. NIST SP 800-63B asks for such
 * a signal before a code goes out by telephone (rev. 4: 3.1.3.3). Each question is asked once, and no answer is kept.
 */
@Startup
@ApplicationScoped
public class SimSwapCheck {

    private static final Logger LOG = Logger.getLogger(SimSwapCheck.class);

    private final Optional<NumberRisk> risk;
    private final RiskPolicy policy;
    private final Duration timeout;
    private final SwapRecord record;
    private final Map<Kind, Timer> asked = new EnumMap<>(Kind.class);

    /** @throws io.pims.authentication.configuration.WrongSetting if it is not off, and a setting is missing or wrong */
    @Inject
    SimSwapCheck(RiskConfig config, NumberRisks risks, SwapRecord record, MeterRegistry registry) {
        this(config, risks.make(), record, registry);
    }

    /** @param risk empty if nobody is asked */
    public SimSwapCheck(RiskConfig config, Optional<NumberRisk> risk, SwapRecord record, MeterRegistry registry) {
        this.risk = risk;
        this.policy = new RiskPolicy(config.simSwap().mode(), config.onNoAnswer());
        this.timeout = config.simSwap().timeout();
        this.record = record;
        // A series must exist before its first event, or increase() misses that one.
        for (Kind kind : Kind.values()) {
            asked.put(kind, registry.timer("pims.sim.swap.check", "outcome", kind.word()));
        }
    }

    /** Returns true if somebody is asked at all. */
    public boolean isOn() {
        return risk.isPresent();
    }

    /** Returns the time within which a question is answered; zero if none is asked. */
    public Duration longest() {
        return isOn() ? timeout : Duration.ZERO;
    }

    /**
     * Asks about a number, and records a swap. Fails if that can't be recorded and the code is refused for it: no refusal is
     * without its event.
     *
     * @param user whose number it is
     * @param transaction for which the code is
     * @param onContext where the answer is judged, and the log knows the transaction
     */
    public Uni<Verdict> ask(String user, UUID transaction, PhoneNumber number, Executor onContext) {
        long began = System.nanoTime();
        Span span = Spans.below(Span.current(), "sim swap check", SpanKind.CLIENT);
        Spans.about(span, transaction);
        return risk.orElseThrow()
                .simSwap(number, transaction)
                .emitOn(onContext)
                .invoke(answer -> {
                    asked.get(answer.kind()).record(Duration.ofNanos(System.nanoTime() - began));
                    span.setAttribute("sim_swap.outcome", answer.kind().word());
                })
                .onTermination()
                .invoke(span::end)
                .flatMap(answer -> decide(user, transaction, answer));
    }

    private Uni<Verdict> decide(String user, UUID transaction, SimSwap answer) {
        Verdict verdict = policy.verdict(answer.kind());
        if (!answer.kind().isAnswer()) {
            LOG.warnf("Nobody tells whether the SIM was swapped: %s, %s", answer.kind(), answer.detail());
        }
        if (answer.kind() != Kind.SWAPPED) {
            return Uni.createFrom().item(verdict);
        }
        boolean refused = verdict == Verdict.SWAPPED;
        LOG.warnf("The SIM was swapped lately; the code is %s", refused ? "not sent" : "sent all the same");
        Uni<Void> recorded = record.swapped(user, transaction, refused);
        return (refused ? recorded : recorded.onFailure().recoverWithUni(SimSwapCheck::notRecorded))
                .replaceWith(verdict);
    }

    private static Uni<Void> notRecorded(Throwable failure) {
        LOG.errorf("A swap of the SIM is not recorded: %s", failure);
        return Uni.createFrom().voidItem();
    }

    @PreDestroy
    void close() {
        risk.ifPresent(NumberRisk::close);
    }
}
