package io.pims.authentication.admission;

import io.pims.authentication.budget.Velocities;
import io.pims.authentication.budget.Velocity;
import io.pims.authentication.code.IssuedCodes;
import io.pims.authentication.code.SmsCodes;
import io.pims.authentication.ratelimit.Ledger;
import io.pims.authentication.ratelimit.RateLimits;
import io.pims.authentication.transaction.Replay;
import io.pims.authentication.transaction.TransactionConfig;
import io.pims.authentication.transaction.TransactionWriter;
import io.pims.authentication.transaction.TransactionWriter.UserKey;
import io.pims.authentication.trustedphonenumber.ResetNumber;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** What a batch reads and writes within its SQL transaction, between its begin and its end. */
@ApplicationScoped
class AdmissionStatements {

    private final TransactionConfig config;
    private final TrustedPhoneNumbers numbers;
    private final RateLimits limits;
    private final Velocities velocities;
    private final SmsCodes codes;
    private final TransactionWriter writer;

    AdmissionStatements(
            TransactionConfig config,
            TrustedPhoneNumbers numbers,
            RateLimits limits,
            Velocities velocities,
            SmsCodes codes,
            TransactionWriter writer) {
        this.config = config;
        this.numbers = numbers;
        this.limits = limits;
        this.velocities = velocities;
        this.codes = codes;
        this.writer = writer;
    }

    /** The state of the users of a batch. All but the velocity is read under their locks. */
    record BatchState(
            Ledger ledger,
            Map<String, ResetNumber> numbers,
            IssuedCodes codes,
            Map<UserKey, Replay> replays,
            Velocity velocity) {}

    /** The first flight: begins the SQL transaction, locks the users, and reads. */
    Uni<BatchState> read(SqlConnection connection, AdmissionDecisions batch) {
        return Uni.combine()
                .all()
                .unis(
                        connection.query("BEGIN").execute(),
                        limits.open(connection, batch.requestsToLock()),
                        numbers.onFile(connection, batch.users()),
                        codes.of(connection, batch.users(), config.deadline()),
                        writer.replays(connection, batch.userKeys()),
                        velocities.read(connection, batch.newDestinations(), batch.usersResetting()))
                .collectFailures()
                .asTuple()
                .map(read -> new BatchState(
                        read.getItem2(), read.getItem3(), read.getItem4(), read.getItem5(), read.getItem6()));
    }

    /** Decides by what was read; looks for room on other slices of the service if it has to. */
    Uni<?> decide(SqlConnection connection, AdmissionDecisions batch, BatchState state) {
        batch.resolve(state.numbers());
        List<QueuedRequest> chargeable = batch.chargeable(state.replays(), state.ledger()::isOpen);
        return limits.charge(
                        connection,
                        state.ledger(),
                        state.velocity(),
                        chargeable.stream().map(batch::chargedRequest).toList())
                .invoke(charges -> {
                    for (int index = 0; index < charges.size(); index++) {
                        batch.decide(chargeable.get(index), charges.get(index), state.codes());
                    }
                });
    }

    /** The second flight but its end. */
    List<Uni<?>> writes(SqlConnection connection, AdmissionDecisions batch, BatchState state) {
        return List.of(
                limits.write(connection, state.ledger()),
                codes.write(connection, state.codes()),
                writer.record(connection, batch.newTransactions()),
                velocities.write(connection, state.velocity()));
    }
}
