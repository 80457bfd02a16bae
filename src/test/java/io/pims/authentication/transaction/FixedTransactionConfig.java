package io.pims.authentication.transaction;

import java.time.Duration;

/** The defaults, with as many places as a test wants. */
public record FixedTransactionConfig(int inFlight, int waiters) implements TransactionConfig {

    @Override
    public Duration deadline() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Duration lease() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration retention() {
        return Duration.ofDays(30);
    }
}
