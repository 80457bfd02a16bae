package io.pims.authentication.admission;

import io.pims.authentication.database.Coalescer;
import io.pims.authentication.database.Patience;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.Deadline;
import io.pims.authentication.transaction.InFlight;
import io.pims.authentication.transaction.TransactionConfig;
import io.pims.authentication.transaction.TransactionWriter;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Takes requests for codes. Those that arrive while others are being recorded share the next SQL transaction. What is
 * committed is handed to the dispatcher by an event that carries the {@link Claim}.
 */
@Startup
@ApplicationScoped
class BatchedAdmission implements Admission {

    private static final Logger LOG = Logger.getLogger(BatchedAdmission.class);

    private final BatchConfig config;
    private final Patience patience;
    private final TransactionConfig transactions;
    private final Vertx vertx;
    private final TransactionWriter writer;
    private final InFlight inFlight;
    private final Event<Claim> claimed;
    private final Coalescer<QueuedRequest, AdmissionDecisions.Decision> admissions;

    /** For those whose batch failed by a statement: each has an answer as soon as it is through. */
    private final Coalescer<QueuedRequest, AdmissionDecisions.Decision> singles;

    BatchedAdmission(
            BatchConfig config,
            Patience patience,
            TransactionConfig transactions,
            Vertx vertx,
            AdmissionTransaction transaction,
            TransactionWriter writer,
            InFlight inFlight,
            Event<Claim> claimed) {
        this.config = config;
        this.patience = patience;
        this.transactions = transactions;
        this.vertx = vertx;
        this.writer = writer;
        this.inFlight = inFlight;
        this.claimed = claimed;
        this.admissions = coalescer(config.lanes(), config.size(), transaction);
        this.singles = coalescer(1, 1, transaction);
    }

    private Coalescer<QueuedRequest, AdmissionDecisions.Decision> coalescer(
            int lanes, int size, AdmissionTransaction transaction) {
        return new Coalescer<>(
                lanes,
                size,
                config.queue(),
                patience.whole().dividedBy(2),
                patience.whole().multipliedBy(2),
                transactions.deadline(),
                Coalescer.onFreshContexts(vertx),
                transaction::admit);
    }

    @Override
    public Uni<Acceptance> admit(CodeRequest codeRequest) {
        QueuedRequest request = new QueuedRequest(
                codeRequest, inFlight.tryHold(codeRequest.caller().requestId()), Deadline.in(transactions.deadline()));
        CompletableFuture<Acceptance> answer = new CompletableFuture<>();
        admit(admissions, request, answer, vertx.getOrCreateContext());
        return Uni.createFrom()
                .completionStage(answer::copy)
                .ifNoItem()
                .after(patience.left())
                .recoverWithUni(() -> request.giveUp()
                        ? Uni.createFrom().failure(ApiException.databaseAway(null))
                        : Uni.createFrom().completionStage(answer::copy));
    }

    /** Goes on whether or not the client still waits; answers on the context of the request. */
    private void admit(
            Coalescer<QueuedRequest, AdmissionDecisions.Decision> by,
            QueuedRequest request,
            CompletableFuture<Acceptance> answer,
            Context context) {
        by.submit(request).whenComplete((decision, failure) -> {
            if (decision != null && decision.retry() != null) {
                admit(
                        decision.retry() == AdmissionDecisions.Retry.IN_NEXT_BATCH ? admissions : singles,
                        request,
                        answer,
                        context);
                return;
            }
            Acceptance acceptance = failure == null ? decision.acceptance() : null;
            if (acceptance == null) {
                // The batch may not be through with it.
                request.refuse();
            }
            handOver(request, acceptance);
            context.runOnContext(answered -> {
                if (acceptance != null) {
                    answer.complete(acceptance);
                } else {
                    answer.completeExceptionally(failure == null ? decision.refusal() : refusal(failure));
                }
            });
        });
    }

    private static Throwable refusal(Throwable failure) {
        boolean tooMuch = failure instanceof RejectedExecutionException || failure instanceof TimeoutException;
        return tooMuch ? ApiException.databaseAway(failure) : failure;
    }

    /** Whatever becomes of it here, what is recorded is accepted. */
    private void handOver(QueuedRequest request, Acceptance acceptance) {
        Optional<Claim> claim = Optional.ofNullable(acceptance)
                .flatMap(Acceptance::newTransaction)
                .flatMap(writer::claim);
        if (claim.isPresent()) {
            fire(claim.get());
        } else if (request.held()) {
            inFlight.release(request.id());
        }
    }

    private void fire(Claim claim) {
        try {
            claimed.fire(claim);
        } catch (RuntimeException notTaken) {
            LOG.error("Left for the rescuer", notTaken);
            inFlight.release(claim.heldLease());
        }
    }
}
