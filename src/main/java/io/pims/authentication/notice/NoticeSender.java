package io.pims.authentication.notice;

import io.pims.authentication.database.RareWarning;
import io.pims.authentication.readiness.SchemaReady;
import io.pims.authentication.webhook.WebhookResult;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Posts what waits to the backend. A turn is claimed in one statement and ended in another, with the post between them: so
 * an event is posted again after a crash, and none of its user before it is taken.
 */
@Startup
@ApplicationScoped
public class NoticeSender {

    private static final Logger LOG = Logger.getLogger(NoticeSender.class);
    private static final long POLL_MS = 1_000;

    private final Vertx vertx;
    private final NoticeQueue queue;
    private final NoticeMetrics metrics;
    private final Optional<Backend> backend;
    private final int connections;
    private final RetryDelays delays;
    private final BackendPause pause = new BackendPause(System::nanoTime);
    private final RareWarning cannotClaim;
    private final RareWarning cannotWrite;
    private final RareWarning refused;
    private final RareWarning gone;
    private final RareWarning failed;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean claiming = new AtomicBoolean();
    private volatile boolean closed;
    private volatile Long timer;

    NoticeSender(Vertx vertx, NoticeQueue queue, NoticeMetrics metrics, NoticeConfig config, Clock clock) {
        this.vertx = vertx;
        this.queue = queue;
        this.metrics = metrics;
        this.backend = Backend.of(config, vertx, clock);
        this.connections = config.connections();
        this.delays = new RetryDelays(
                config.firstDelay(),
                config.longestDelay(),
                () -> ThreadLocalRandom.current().nextDouble());
        this.cannotClaim = new RareWarning(LOG, clock);
        this.cannotWrite = new RareWarning(LOG, clock);
        this.refused = new RareWarning(LOG, clock);
        this.gone = new RareWarning(LOG, clock);
        this.failed = new RareWarning(LOG, clock);
    }

    void start(@Observes SchemaReady ready) {
        if (backend.isPresent()) {
            timer = vertx.setPeriodic(POLL_MS, tick -> poll());
        }
    }

    /** Claims as many turns as there are free connections, unless the backend is left alone. */
    void poll() {
        if (closed || pause.isOn() || !claiming.compareAndSet(false, true)) {
            return;
        }
        int free = connections - underWay.get();
        if (free <= 0) {
            claiming.set(false);
            return;
        }
        long lease = System.nanoTime() + backend.orElseThrow().lease().toNanos();
        queue.claim(free, backend.orElseThrow().lease())
                .subscribe()
                .with(
                        turns -> {
                            underWay.addAndGet(turns.size());
                            claiming.set(false);
                            turns.forEach(turn -> take(turn, lease));
                        },
                        failure -> {
                            claiming.set(false);
                            cannotClaim.log("Can't look for events to post: %s", failure.getMessage());
                        });
    }

    private void take(ClaimedTurn turn, long leaseEnd) {
        turn.oldest()
                .map(notice -> post(turn, notice, leaseEnd))
                .orElseGet(() -> queue.settle(turn))
                .subscribe()
                .with(
                        ended -> {
                            underWay.decrementAndGet();
                            poll();
                        },
                        failure -> {
                            underWay.decrementAndGet();
                            cannotWrite.log("An event is posted again, as its end can't be written: %s", failure);
                        });
    }

    private Uni<Void> post(ClaimedTurn turn, WaitingNotice notice, long leaseEnd) {
        Backend to = backend.orElseThrow();
        long latest = leaseEnd - to.longestAnswer().toNanos();
        return to.post(notice, () -> !closed && System.nanoTime() - latest < 0).flatMap(result -> {
            Verdict verdict = Verdict.of(result);
            metrics.posted(verdict);
            tell(verdict, result, turn.attempts());
            return end(turn, notice, verdict);
        });
    }

    private Uni<Void> end(ClaimedTurn turn, WaitingNotice notice, Verdict verdict) {
        return switch (verdict) {
            case TAKEN -> queue.handedOver(turn, notice);
            case NOT_POSTED -> queue.putBack(turn, Duration.ZERO);
            case REFUSED, GONE, FAILED -> queue.putBack(turn, delays.after(turn.attempts()));
        };
    }

    private void tell(Verdict verdict, WebhookResult result, int attempts) {
        switch (verdict) {
            case TAKEN -> pause.end();
            case REFUSED -> {
                pause.end();
                refused.log("The backend refuses an event: %s, attempt %d", result.name(), attempts);
            }
            case GONE -> {
                pause.beginLongest();
                gone.log("The backend wants no events any more (HTTP 410). It is asked again in an hour");
            }
            case FAILED -> {
                pause.begin();
                Verdict.retryAfter(result).ifPresent(pause::begin);
                failed.log("The backend takes no events: %s, attempt %d", result.name(), attempts);
            }
            case NOT_POSTED -> {}
        }
    }

    /** What is under way ends; the rest is for other replicas, or for later. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        closed = true;
    }

    void stopNow(@Observes ShutdownEvent event) {
        closed = true;
    }

    @PreDestroy
    void close() {
        closed = true;
        Optional.ofNullable(timer).ifPresent(vertx::cancelTimer);
        backend.ifPresent(Backend::close);
    }
}
