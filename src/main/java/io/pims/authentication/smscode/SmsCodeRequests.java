package io.pims.authentication.smscode;

import io.pims.authentication.message.ApiException;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.Coalescer;
import io.pims.authentication.transaction.InFlight;
import io.pims.authentication.transaction.Recordings;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes requests for codes. Those that arrive while others are being recorded share the next SQL transaction. What is
 * committed is handed to the dispatcher by an event that carries the {@link Claim}.
 */
@ApplicationScoped
public class SmsCodeRequests {

    private final SmsCodeConfig config;
    private final Vertx vertx;
    private final Recordings recordings;
    private final InFlight inFlight;
    private final Event<Claim> claimed;
    private final Coalescer<Request, Batch.Decision> admissions;

    SmsCodeRequests(
            SmsCodeConfig config,
            Vertx vertx,
            Admission admission,
            Recordings recordings,
            InFlight inFlight,
            Event<Claim> claimed) {
        this.config = config;
        this.vertx = vertx;
        this.recordings = recordings;
        this.inFlight = inFlight;
        this.claimed = claimed;
        SmsCodeConfig.Batch batch = config.batch();
        this.admissions = new Coalescer<>(
                batch.lanes(),
                batch.size(),
                batch.queue(),
                this::onFreshContext,
                requests -> admission.admit(requests).map(SmsCodeRequests::items));
    }

    /** Not on the context of the request that happened to come first, which may be over before the batch is. */
    private void onFreshContext(Runnable task) {
        VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()).runOnContext(start -> task.run());
    }

    private static List<Uni<Batch.Decision>> items(List<Batch.Decision> decisions) {
        return decisions.stream().map(Uni.createFrom()::item).toList();
    }

    /**
     * Records what is applied for, or finds it by its idempotency key.
     *
     * @return fails with {@link ApiException}: 409 without a number on file, 422 for a key used for something else,
     *     429 over a limit, 503 if the database is away, does not answer in time, or has too much to do; then nothing
     *     is recorded, unless the answer to a commit did not come in time
     */
    Uni<Acceptance> accept(Application application) {
        Request request =
                new Request(application, inFlight.tryHold(application.caller().requestId()), new AtomicBoolean());
        // A stage, so that the timeout does not cancel what is under way.
        CompletableFuture<Acceptance> work = admit(request)
                .onItemOrFailure()
                .invoke((acceptance, failure) -> handOver(request, acceptance))
                .subscribeAsCompletionStage();
        Context context = vertx.getOrCreateContext();
        return Uni.createFrom()
                .completionStage(work.copy())
                .ifNoItem()
                .after(config.patience())
                .recoverWithUni(() -> {
                    request.givenUp().set(true);
                    return Uni.createFrom().failure(ApiException.databaseAway(null));
                })
                .emitOn(MutinyHelper.executor(context));
    }

    private Uni<Acceptance> admit(Request request) {
        return admissions
                .submit(request)
                .onFailure(RejectedExecutionException.class)
                .transform(ApiException::databaseAway)
                .flatMap(decision -> {
                    if (decision.refusal() != null) {
                        return Uni.createFrom().failure(decision.refusal());
                    }
                    return decision.acceptance() == null
                            ? admit(request)
                            : Uni.createFrom().item(decision.acceptance());
                });
    }

    private void handOver(Request request, Acceptance acceptance) {
        Optional<Claim> claim =
                Optional.ofNullable(acceptance).flatMap(Acceptance::recording).flatMap(recordings::claim);
        claim.ifPresentOrElse(claimed::fire, () -> inFlight.release(request.id()));
    }
}
