package io.pims.authentication.readiness;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Rehearses before the replica is ready: the JVM compiles what it has seen often. Each part is done over and over, side by
 * side with the others, until the time is over. A part that fails is left.
 */
@ApplicationScoped
class WarmUp {

    private static final Logger LOG = Logger.getLogger(WarmUp.class);

    private final Duration time;
    private final List<Rehearsal> parts;
    private final ScheduledExecutorService executor;
    private volatile boolean over;

    @Inject
    WarmUp(ReadinessConfig config, @Any Instance<Rehearsal> parts, ScheduledExecutorService executor) {
        // A native executable has been compiled.
        this(
                ImageMode.current().isNativeImage() ? Duration.ZERO : config.warmUp(),
                parts.stream().toList(),
                executor);
    }

    WarmUp(Duration time, List<Rehearsal> parts, ScheduledExecutorService executor) {
        this.time = time;
        this.parts = parts;
        this.executor = executor;
    }

    /** Calls the next step once the time is over, at the latest: also if a part hangs. */
    void before(Runnable next) {
        if (time.isZero() || over) {
            next.run();
            return;
        }
        CompletableFuture<?>[] rehearsed = parts.stream().map(this::rehearse).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(rehearsed)
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync(
                        (done, failure) -> {
                            over = true;
                            try {
                                parts.forEach(Rehearsal::end);
                            } finally {
                                next.run();
                            }
                        },
                        executor);
    }

    void delayed(@Observes ShutdownDelayInitiatedEvent event) {
        over = true;
    }

    void stop(@Observes ShutdownEvent event) {
        over = true;
    }

    private CompletableFuture<Void> rehearse(Rehearsal part) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        executor.execute(() -> again(part, done));
        return done;
    }

    private void again(Rehearsal part, CompletableFuture<Void> done) {
        if (over) {
            done.complete(null);
            return;
        }
        Uni.createFrom()
                .deferred(part::once)
                .subscribe()
                .with(once -> executor.execute(() -> again(part, done)), failure -> {
                    LOG.debugf(failure, "No warm-up of %s", part.getClass().getSimpleName());
                    done.complete(null);
                });
    }
}
