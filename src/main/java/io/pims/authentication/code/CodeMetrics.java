package io.pims.authentication.code;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Counts what people typed for codes, and the codes that were of use. */
@Startup
@ApplicationScoped
public class CodeMetrics {

    private final MeterRegistry registry;

    CodeMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (SmsCodeType type : SmsCodeType.values()) {
            for (Guess.Verdict verdict : Guess.Verdict.values()) {
                guessed(type, verdict, 0);
            }
            spent(type, 0);
        }
    }

    /** A guess that is counted in the database too, by what it turned out to be. */
    public void guessed(SmsCodeType type, Guess guess) {
        guessed(type, guess.verdict(), 1);
    }

    /** A code that changed something. */
    public void spent(SmsCodeType type) {
        spent(type, 1);
    }

    private void guessed(SmsCodeType type, Guess.Verdict verdict, int times) {
        registry.counter(
                        "pims.smscode.guesses",
                        "type",
                        type.text(),
                        "verdict",
                        verdict.name().toLowerCase(Locale.ROOT))
                .increment(times);
    }

    private void spent(SmsCodeType type, int times) {
        registry.counter("pims.smscode.spent", "type", type.text()).increment(times);
    }
}
