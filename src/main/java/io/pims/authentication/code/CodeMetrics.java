package io.pims.authentication.code;

import io.micrometer.core.instrument.Counter;
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
        // A series must exist before its first event, or increase() misses that one.
        for (SmsCodeType type : SmsCodeType.values()) {
            for (Guess.Verdict verdict : Guess.Verdict.values()) {
                guesses(type, verdict);
            }
            spentCodes(type);
        }
    }

    /** Counts a guess once its count in the database is committed. */
    public void guessed(SmsCodeType type, Guess guess) {
        guesses(type, guess.verdict()).increment();
    }

    /** Counts a code that set a PIN or a number. */
    public void spent(SmsCodeType type) {
        spentCodes(type).increment();
    }

    private Counter guesses(SmsCodeType type, Guess.Verdict verdict) {
        String word = verdict.name().toLowerCase(Locale.ROOT);
        return registry.counter("pims.smscode.guesses", "type", type.text(), "verdict", word);
    }

    private Counter spentCodes(SmsCodeType type) {
        return registry.counter("pims.smscode.spent", "type", type.text());
    }
}
