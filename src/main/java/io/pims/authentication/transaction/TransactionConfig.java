package io.pims.authentication.transaction;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The times between a request and its final state. */
@ConfigMapping(prefix = "pims.transaction")
public interface TransactionConfig {

    /**
     * After it the transaction is FAILED: by then the driver has given up or asked again. It is counted from the
     * arrival of the request.
     */
    @WithDefault("30s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration deadline();

    /**
     * How long a replica that died keeps its transactions from the others. A living replica renews it at a third of it.
     * Shorter rescues sooner, but must leave room for one call of the provider and a pause of the JVM.
     */
    @WithDefault("10s")
    @DurationMin(seconds = 2)
    @DurationMax(minutes = 5)
    Duration lease();

    /** Transactions that one replica works on at a time. More wait in the database. */
    @WithDefault("256")
    @Min(1)
    @Max(10_000)
    int inFlight();

    /**
     * Requests that wait for an outcome ({@code Prefer: wait}) at a time, in each replica. More are answered at once.
     */
    @WithDefault("10000")
    @Min(0)
    @Max(100_000)
    int waiters();

    /** How long final transactions and their idempotency keys are kept. */
    @WithDefault("30d")
    @DurationMin(days = 1)
    @DurationMax(days = 3650)
    Duration retention();
}
