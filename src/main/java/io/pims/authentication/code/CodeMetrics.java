package io.pims.authentication.code;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Counts guesses by their verdict, and codes that were spent. */
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

    /** Counts a guess once its count in the database is committed. */
    public void guessed(SmsCodeType type, Guess guess) {
        guessed(type, guess.verdict(), 1);
    }

    /** Counts a code that set a PIN or a number. */
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
