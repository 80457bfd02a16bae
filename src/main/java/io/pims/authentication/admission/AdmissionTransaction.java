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
import io.pims.authentication.transaction.TransactionWriter.Asked;
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
    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final Pool pool;
    private final TransactionConfig transactions;
    private final TrustedPhoneNumbers numbers;
    private final RateLimits limits;
    private final Velocities velocities;
    private final BudgetDecisions decisions;
    private final SmsCodes codes;
    private final TransactionWriter recordings;

    AdmissionTransaction(
            Pool pool,
            TransactionConfig transactions,
            TrustedPhoneNumbers numbers,
            RateLimits limits,
            Velocities velocities,
            BudgetDecisions decisions,
            SmsCodes codes,
            TransactionWriter recordings) {
        this.pool = pool;
        this.transactions = transactions;
        this.numbers = numbers;
        this.limits = limits;
        this.velocities = velocities;
        this.decisions = decisions;
        this.codes = codes;
        this.recordings = recordings;
    }

    /** How often a batch reads anew, if others took the last of a budget between its reading and its writing. */
    private static final int OVERTAKEN = 3;

    /** What was read under the locks, and of velocities without one. */
    private record Books(
            Ledger ledger,
            Map<String, ResetNumber> numbers,
            IssuedCodes codes,
            Map<Asked, Replay> replays,
            Velocity velocity) {}

    /**
     * Decides about all of them. Where a statement fails nothing is decided, and each is to be asked by itself.
     *
     * @return fails if the database is away, and if the statement of a single request fails
     */
    Uni<List<AdmissionDecisions.Decision>> admit(List<QueuedRequest> requests) {
        Spans.about(() -> requests.stream().map(QueuedRequest::id));
        Uni<List<AdmissionDecisions.Decision>> together = together(requests);
        return requests.size() == 1
                ? together
                : together.onFailure(CommitFailures::isSure)
                        .recoverWithItem(Collections.nCopies(requests.size(), AdmissionDecisions.Decision.ALONE));
    }

    private Uni<List<AdmissionDecisions.Decision>> together(List<QueuedRequest> requests) {
        return Uni.createFrom()
                .deferred(() -> attempt(requests))
                .onFailure(
                        failure -> failure instanceof CommitFailures.NothingRecorded || CommitFailures.isSure(failure))
                .invoke(() -> requests.forEach(QueuedRequest::notRecorded))
                .onFailure(CommitFailures::isOvertaken)
                .retry()
                .atMost(OVERTAKEN)
                .onFailure(CommitFailures.NothingRecorded.class)
                // The pool may not have noticed yet that the connection is gone, and lend it again.
                .retry()
                .withBackOff(FIRST_LOOK, FIRST_LOOK)
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
                        .onFailure(failure -> !CommitFailures.isSure(failure))
                        .transform(CommitFailures.NothingRecorded::new)
                        .flatMap(books -> write(connection, batch, books)
                                .invoke(() ->
                                        tell(() -> decisions.see(books.ledger().usages())))))
                .onFailure(CommitFailures.Unknown.class)
                .recoverWithUni(failure -> settle(batch, failure.getCause()))
                .invoke(() -> tell(() -> batch.overruns()
                        .forEach(overruns -> decisions.tell(overruns.request(), overruns.country(), overruns.of()))))
                .map(written -> batch.decisions());
    }

    /** What is committed is accepted, whatever comes of telling about it. */
    private static void tell(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException untold) {
            LOG.error("Unexpected failure", untold);
        }
    }

    private Uni<Books> decide(SqlConnection connection, AdmissionDecisions batch) {
        return Uni.combine()
                .all()
                .unis(
                        connection.query("BEGIN").execute(),
                        limits.open(connection, batch.asking()),
                        numbers.onFile(connection, batch.users()),
                        codes.of(connection, batch.users(), transactions.deadline()),
                        recordings.replays(connection, batch.asked()),
                        velocities.read(connection, batch.newDestinations(), batch.resetting()))
                .collectFailures()
                .asTuple()
                .map(read ->
                        new Books(read.getItem2(), read.getItem3(), read.getItem4(), read.getItem5(), read.getItem6()))
                .flatMap(books -> {
                    batch.resolve(books.numbers());
                    List<QueuedRequest> chargeable = batch.chargeable(books.replays(), books.ledger()::isOpen);
                    return limits.charge(
                                    connection,
                                    books.ledger(),
                                    books.velocity(),
                                    chargeable.stream().map(batch::applicant).toList())
                            .invoke(charges -> {
                                for (int index = 0; index < charges.size(); index++) {
                                    batch.decide(chargeable.get(index), charges.get(index), books.codes());
                                }
                            })
                            .replaceWith(books);
                });
    }

    /** Once the commit is on its way, only the failure of a statement says for sure that nothing was recorded. */
    private Uni<Void> write(SqlConnection connection, AdmissionDecisions batch, Books books) {
        if (batch.recordings().isEmpty()) {
            return rollback(connection);
        }
        return Uni.combine()
                .all()
                .unis(
                        limits.write(connection, books.ledger()),
                        codes.write(connection, books.codes()),
                        recordings.record(connection, batch.recordings()),
                        velocities.write(connection, books.velocity()),
                        connection.query(commitBefore(batch.latest())).execute())
                .collectFailures()
                .discardItems()
                .onFailure(CommitFailures::isSure)
                .call(() -> rollback(connection))
                .onFailure(failure -> !CommitFailures.isSure(failure))
                .transform(CommitFailures.Unknown::new);
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
    private Uni<Void> settle(AdmissionDecisions batch, Throwable cause) {
        return pool.withTransaction(connection -> limits.open(connection, batch.asking())
                        .chain(() -> recordings.recorded(connection, batch.recorded())))
                .onFailure()
                .retry()
                .withBackOff(FIRST_LOOK, LONGEST_LOOK)
                .expireIn(transactions.deadline().toMillis())
                .onFailure()
                .transform(failure -> cause)
                .invoke(found -> {
                    if (found.isEmpty()) {
                        throw new CommitFailures.NothingRecorded(cause);
                    }
                    batch.keepOnly(found, cause);
                })
                .replaceWithVoid();
    }
}
