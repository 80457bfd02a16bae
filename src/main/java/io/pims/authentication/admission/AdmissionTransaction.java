package io.pims.authentication.admission;

import io.pims.authentication.admission.AdmissionStatements.BatchState;
import io.pims.authentication.admission.CommitFailures.NothingRecorded;
import io.pims.authentication.admission.CommitFailures.OutcomeUnknown;
import io.pims.authentication.budget.BudgetDecisions;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.ratelimit.RateLimits;
import io.pims.authentication.tracing.Spans;
import io.pims.authentication.transaction.TransactionConfig;
import io.pims.authentication.transaction.TransactionWriter;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Admits a batch of requests in one SQL transaction: reads what is known of their users, decides, writes and commits. The
 * methods follow in this order. The decisions themselves are made by {@link AdmissionDecisions}, and what they go by is read
 * and written by {@link AdmissionStatements}.
 */
@ApplicationScoped
class AdmissionTransaction {

    private static final Logger LOG = Logger.getLogger(AdmissionTransaction.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

    /** A batch reads again if others took the last of a budget before it could write. */
    private static final int MOST_REREADS = 3;

    private final Pool pool;
    private final TransactionConfig config;
    private final AdmissionStatements statements;
    private final RateLimits limits;
    private final BudgetDecisions budgetDecisions;
    private final TransactionWriter writer;

    AdmissionTransaction(
            Pool pool,
            TransactionConfig config,
            AdmissionStatements statements,
            RateLimits limits,
            BudgetDecisions budgetDecisions,
            TransactionWriter writer) {
        this.pool = pool;
        this.config = config;
        this.statements = statements;
        this.limits = limits;
        this.budgetDecisions = budgetDecisions;
        this.writer = writer;
    }

    /**
     * Decides about a batch. If a statement fails nothing is decided, and each request is to be decided alone.
     *
     * @return the decisions in the order of the requests. Fails if the database is away, or if a statement fails for a
     *     single request
     */
    Uni<List<Decision>> admit(List<QueuedRequest> requests) {
        Spans.about(() -> requests.stream().map(QueuedRequest::id));
        Uni<List<Decision>> decisions = withRetries(requests);
        return requests.size() == 1
                ? decisions
                : decisions
                        .onFailure(CommitFailures::isStatementFailure)
                        .recoverWithItem(Collections.nCopies(requests.size(), Decision.ALONE));
    }

    /** Does all that {@link #admit} does in the database but the commit, and tells nobody of it. */
    Uni<Void> rehearse(List<QueuedRequest> requests) {
        AdmissionDecisions batch = new AdmissionDecisions(requests);
        return pool.withConnection(connection -> statements
                .read(connection, batch)
                .call(state -> statements.decide(connection, batch, state))
                .flatMap(state -> batch.newTransactions().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : together(statements.writes(connection, batch, state)))
                .eventually(() -> rollback(connection)));
    }

    private Uni<List<Decision>> withRetries(List<QueuedRequest> requests) {
        return Uni.createFrom()
                .deferred(() -> attempt(requests))
                .onFailure(failure -> failure instanceof NothingRecorded || CommitFailures.isStatementFailure(failure))
                .invoke(() -> requests.forEach(QueuedRequest::notRecorded))
                .onFailure(CommitFailures::isOvertaken)
                .retry()
                .atMost(MOST_REREADS)
                .onFailure(NothingRecorded.class)
                // Delayed: the pool may not have noticed that the connection is gone, and lend it again.
                .retry()
                .withBackOff(FIRST_RETRY, FIRST_RETRY)
                .atMost(1)
                .onFailure(NothingRecorded.class)
                .transform(Throwable::getCause)
                .onFailure(failure -> CommitFailures.isOvertaken(failure) || CommitFailures.isTooLate(failure))
                .transform(ApiException::databaseAway);
    }

    /** The SQL transaction. Before the commit is sent any failure leaves nothing behind. */
    private Uni<List<Decision>> attempt(List<QueuedRequest> requests) {
        AdmissionDecisions batch = new AdmissionDecisions(requests);
        return pool.withConnection(connection -> statements
                        .read(connection, batch)
                        .call(state -> statements.decide(connection, batch, state))
                        .onFailure()
                        .call(() -> rollback(connection))
                        .onFailure(failure -> !CommitFailures.isStatementFailure(failure))
                        .transform(NothingRecorded::new)
                        .flatMap(state -> write(connection, batch, state)
                                .invoke(() -> report(
                                        () -> budgetDecisions.see(state.ledger().usages())))))
                .onFailure(OutcomeUnknown.class)
                .recoverWithUni(failure -> findOutcome(batch, failure.getCause()))
                .invoke(() -> report(() -> batch.overruns()
                        .forEach(overruns ->
                                budgetDecisions.tell(overruns.request(), overruns.country(), overruns.of()))))
                .map(written -> batch.decisions());
    }

    /**
     * The second flight: writes and commits. Once the commit is on its way, only the failure of a statement proves that
     * nothing was recorded.
     */
    private Uni<Void> write(SqlConnection connection, AdmissionDecisions batch, BatchState state) {
        if (batch.newTransactions().isEmpty()) {
            return rollback(connection);
        }
        List<Uni<?>> flight = new ArrayList<>(statements.writes(connection, batch, state));
        flight.add(connection.query(commitBefore(batch.latest())).execute());
        return together(flight)
                .onFailure(CommitFailures::isStatementFailure)
                .call(() -> rollback(connection))
                .onFailure(failure -> !CommitFailures.isStatementFailure(failure))
                .transform(OutcomeUnknown::new);
    }

    private static Uni<Void> together(List<Uni<?>> flight) {
        return Uni.combine().all().unis(flight).collectFailures().discardItems();
    }

    /** Divides by zero if it arrives too late, after a pause of network or server: by then the client has its refusal. */
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

    /** Finds out whether a commit without an answer took place. The users' locks make it wait for the end of that. */
    private Uni<Void> findOutcome(AdmissionDecisions batch, Throwable cause) {
        return pool.withTransaction(connection -> limits.open(connection, batch.requestsToLock())
                        .chain(() -> writer.recorded(connection, batch.newIds())))
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY)
                .expireIn(config.deadline().toMillis())
                .onFailure()
                .transform(failure -> cause)
                .invoke(found -> {
                    if (found.isEmpty()) {
                        throw new NothingRecorded(cause);
                    }
                    batch.refuseUnrecorded(found, cause);
                })
                .replaceWithVoid();
    }

    /** A failure to report must not turn a committed request into a refused one. */
    private static void report(Runnable report) {
        try {
            report.run();
        } catch (RuntimeException unreported) {
            LOG.error("Unexpected failure", unreported);
        }
    }
}
