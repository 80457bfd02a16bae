package io.pims.authentication.admission;

import io.pims.authentication.budget.BudgetDecisions;
import io.pims.authentication.budget.Velocities;
import io.pims.authentication.budget.Velocity;
import io.pims.authentication.code.IssuedCodes;
import io.pims.authentication.code.SmsCodes;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.ratelimit.Ledger;
import io.pims.authentication.ratelimit.RateLimits;
import io.pims.authentication.tracing.Spans;
import io.pims.authentication.transaction.Replay;
import io.pims.authentication.transaction.TransactionConfig;
import io.pims.authentication.transaction.TransactionWriter;
import io.pims.authentication.transaction.TransactionWriter.UserKey;
import io.pims.authentication.trustedphonenumber.ResetNumber;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Admits requests for codes, many in one SQL transaction of two flights, each pipelined: lock and read what the users
 * have used, hold and asked for, and their numbers; write and commit. The decisions in between are {@link AdmissionDecisions}'s.
 */
@ApplicationScoped
class AdmissionTransaction {

    private static final Logger LOG = Logger.getLogger(AdmissionTransaction.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

    private final Pool pool;
    private final TransactionConfig transactions;
    private final TrustedPhoneNumbers numbers;
    private final RateLimits limits;
    private final Velocities velocities;
    private final BudgetDecisions budgetDecisions;
    private final SmsCodes codes;
    private final TransactionWriter writer;

    AdmissionTransaction(
            Pool pool,
            TransactionConfig transactions,
            TrustedPhoneNumbers numbers,
            RateLimits limits,
            Velocities velocities,
            BudgetDecisions budgetDecisions,
            SmsCodes codes,
            TransactionWriter writer) {
        this.pool = pool;
        this.transactions = transactions;
        this.numbers = numbers;
        this.limits = limits;
        this.velocities = velocities;
        this.budgetDecisions = budgetDecisions;
        this.codes = codes;
        this.writer = writer;
    }

    /** How often a batch reads anew, if others took the last of a budget between its reading and its writing. */
    private static final int MOST_REREADS = 3;

    /** What was read under the locks, and of velocities without one. */
    private record BatchState(
            Ledger ledger,
            Map<String, ResetNumber> numbers,
            IssuedCodes codes,
            Map<UserKey, Replay> replays,
            Velocity velocity) {}

    /**
     * Decides about all of them. Where a statement fails nothing is decided, and each is to be asked by itself.
     *
     * @return fails if the database is away, and if the statement of a single request fails
     */
    Uni<List<AdmissionDecisions.Decision>> admit(List<QueuedRequest> requests) {
        Spans.about(() -> requests.stream().map(QueuedRequest::id));
        Uni<List<AdmissionDecisions.Decision>> withRetries = withRetries(requests);
        return requests.size() == 1
                ? withRetries
                : withRetries
                        .onFailure(CommitFailures::isStatementFailure)
                        .recoverWithItem(Collections.nCopies(requests.size(), AdmissionDecisions.Decision.ALONE));
    }

    private Uni<List<AdmissionDecisions.Decision>> withRetries(List<QueuedRequest> requests) {
        return Uni.createFrom()
                .deferred(() -> attempt(requests))
                .onFailure(failure ->
                        failure instanceof CommitFailures.NothingRecorded || CommitFailures.isStatementFailure(failure))
                .invoke(() -> requests.forEach(QueuedRequest::notRecorded))
                .onFailure(CommitFailures::isOvertaken)
                .retry()
                .atMost(MOST_REREADS)
                .onFailure(CommitFailures.NothingRecorded.class)
                // The pool may not have noticed yet that the connection is gone, and lend it again.
                .retry()
                .withBackOff(FIRST_RETRY, FIRST_RETRY)
                .atMost(1)
                .onFailure(CommitFailures.NothingRecorded.class)
                .transform(Throwable::getCause)
                .onFailure(failure -> CommitFailures.isOvertaken(failure) || CommitFailures.isTooLate(failure))
                .transform(ApiException::databaseAway);
    }

    private Uni<List<AdmissionDecisions.Decision>> attempt(List<QueuedRequest> requests) {
        AdmissionDecisions batch = new AdmissionDecisions(requests);
        return pool.withConnection(connection -> decide(connection, batch)
                        .onFailure()
                        .call(() -> rollback(connection))
                        .onFailure(failure -> !CommitFailures.isStatementFailure(failure))
                        .transform(CommitFailures.NothingRecorded::new)
                        .flatMap(state -> write(connection, batch, state)
                                .invoke(() -> report(
                                        () -> budgetDecisions.see(state.ledger().usages())))))
                .onFailure(CommitFailures.OutcomeUnknown.class)
                .recoverWithUni(failure -> findOutcome(batch, failure.getCause()))
                .invoke(() -> report(() -> batch.overruns()
                        .forEach(overruns ->
                                budgetDecisions.tell(overruns.request(), overruns.country(), overruns.of()))))
                .map(written -> batch.decisions());
    }

    /** What is committed is accepted, whatever comes of telling about it. */
    private static void report(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException untold) {
            LOG.error("Unexpected failure", untold);
        }
    }

    private Uni<BatchState> decide(SqlConnection connection, AdmissionDecisions batch) {
        return Uni.combine()
                .all()
                .unis(
                        connection.query("BEGIN").execute(),
                        limits.open(connection, batch.requestsToLock()),
                        numbers.onFile(connection, batch.users()),
                        codes.of(connection, batch.users(), transactions.deadline()),
                        writer.replays(connection, batch.userKeys()),
                        velocities.read(connection, batch.newDestinations(), batch.usersResetting()))
                .collectFailures()
                .asTuple()
                .map(read -> new BatchState(
                        read.getItem2(), read.getItem3(), read.getItem4(), read.getItem5(), read.getItem6()))
                .flatMap(state -> {
                    batch.resolve(state.numbers());
                    List<QueuedRequest> chargeable = batch.chargeable(state.replays(), state.ledger()::isOpen);
                    return limits.charge(
                                    connection,
                                    state.ledger(),
                                    state.velocity(),
                                    chargeable.stream()
                                            .map(batch::chargedRequest)
                                            .toList())
                            .invoke(charges -> {
                                for (int index = 0; index < charges.size(); index++) {
                                    batch.decide(chargeable.get(index), charges.get(index), state.codes());
                                }
                            })
                            .replaceWith(state);
                });
    }

    /** Once the commit is on its way, only the failure of a statement says for sure that nothing was recorded. */
    private Uni<Void> write(SqlConnection connection, AdmissionDecisions batch, BatchState state) {
        if (batch.newTransactions().isEmpty()) {
            return rollback(connection);
        }
        return Uni.combine()
                .all()
                .unis(
                        limits.write(connection, state.ledger()),
                        codes.write(connection, state.codes()),
                        writer.record(connection, batch.newTransactions()),
                        velocities.write(connection, state.velocity()),
                        connection.query(commitBefore(batch.latest())).execute())
                .collectFailures()
                .discardItems()
                .onFailure(CommitFailures::isStatementFailure)
                .call(() -> rollback(connection))
                .onFailure(failure -> !CommitFailures.isStatementFailure(failure))
                .transform(CommitFailures.OutcomeUnknown::new);
    }

    /**
     * What arrives too late, as the way or the server was stopped meanwhile, divides by zero: its client has been told that
     * nothing is recorded.
     */
    private static String commitBefore(Instant latest) {
        return "SELECT 1 / (clock_timestamp() < '" + latest + "')::int; COMMIT";
    }

    private static Uni<Void> rollback(SqlConnection connection) {
        return connection
                .query("ROLLBACK")
                .execute()
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    /** Asks behind the locks of the transaction whose end nobody heard of, so after its end. */
    private Uni<Void> findOutcome(AdmissionDecisions batch, Throwable cause) {
        return pool.withTransaction(connection -> limits.open(connection, batch.requestsToLock())
                        .chain(() -> writer.recorded(connection, batch.newIds())))
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY)
                .expireIn(transactions.deadline().toMillis())
                .onFailure()
                .transform(failure -> cause)
                .invoke(found -> {
                    if (found.isEmpty()) {
                        throw new CommitFailures.NothingRecorded(cause);
                    }
                    batch.refuseUnrecorded(found, cause);
                })
                .replaceWithVoid();
    }
}
