package io.pims.authentication.admission;

import io.pims.authentication.admission.Decision.Retry;
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
 * Collects requests into batches. Those that arrive while a batch is under way share the next one. After the commit an
 * event hands the {@link Claim} to the dispatcher.
 */
@Startup
@ApplicationScoped
class BatchedAdmission implements Admission {

    private static final Logger LOG = Logger.getLogger(BatchedAdmission.class);

    private final Patience patience;
    private final TransactionConfig transactions;
    private final Vertx vertx;
    private final TransactionWriter writer;
    private final InFlight inFlight;
    private final Event<Claim> claimed;
    private final Coalescer<QueuedRequest, Decision> batches;

    /** Takes requests whose batch failed by a statement: one of them must not fail the others again. */
    private final Coalescer<QueuedRequest, Decision> singles;

    BatchedAdmission(
            BatchConfig config,
            Patience patience,
            TransactionConfig transactions,
            Vertx vertx,
            AdmissionTransaction transaction,
            TransactionWriter writer,
            InFlight inFlight,
            Event<Claim> claimed) {
        this.patience = patience;
        this.transactions = transactions;
        this.vertx = vertx;
        this.writer = writer;
        this.inFlight = inFlight;
        this.claimed = claimed;
        this.batches = coalescer(config.lanes(), config.size(), config.queue(), transaction);
        this.singles = coalescer(1, 1, config.queue(), transaction);
    }

    private Coalescer<QueuedRequest, Decision> coalescer(
            int lanes, int size, int queue, AdmissionTransaction transaction) {
        return new Coalescer<>(
                lanes,
                size,
                queue,
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
        admit(batches, request, answer, vertx.getOrCreateContext());
        return Uni.createFrom()
                .completionStage(answer::copy)
                .ifNoItem()
                .after(patience.left())
                .recoverWithUni(() -> request.giveUp()
                        ? Uni.createFrom().failure(ApiException.databaseAway(null))
                        : Uni.createFrom().completionStage(answer::copy));
    }

    /** Goes on even if the client has given up. Answers on the context of the request. */
    private void admit(
            Coalescer<QueuedRequest, Decision> queue,
            QueuedRequest request,
            CompletableFuture<Acceptance> answer,
            Context context) {
        queue.submit(request).whenComplete((decision, failure) -> {
            if (decision != null && decision.retry() != null) {
                admit(decision.retry() == Retry.IN_NEXT_BATCH ? batches : singles, request, answer, context);
                return;
            }
            Acceptance acceptance = failure == null ? decision.acceptance() : null;
            if (acceptance == null) {
                // The batch may still be under way.
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
        boolean overloaded = failure instanceof RejectedExecutionException || failure instanceof TimeoutException;
        return overloaded ? ApiException.databaseAway(failure) : failure;
    }

    /** Hands what is recorded to the dispatcher. If that fails, the rescuer takes it later. */
    private void handOver(QueuedRequest request, Acceptance acceptance) {
        Optional<Claim> claim = Optional.ofNullable(acceptance)
                .flatMap(Acceptance::newTransaction)
                .flatMap(writer::claim);
        if (claim.isEmpty()) {
            if (request.held()) {
                inFlight.release(request.id());
            }
            return;
        }
        try {
            claimed.fire(claim.get());
        } catch (RuntimeException notTaken) {
            LOG.error("Left for the rescuer", notTaken);
            inFlight.release(claim.get().heldLease());
        }
    }
}
