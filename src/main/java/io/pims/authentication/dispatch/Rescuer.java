package io.pims.authentication.dispatch;

import io.pims.authentication.database.RareWarning;
import io.pims.authentication.outcome.OutcomeWaiters;
import io.pims.authentication.outcome.TransactionFinisher;
import io.pims.authentication.readiness.SchemaReady;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.Claims;
import io.pims.authentication.transaction.HeldLease;
import io.pims.authentication.transaction.InFlight;
import io.pims.authentication.transaction.TransactionConfig;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Finds transactions that no replica works on: those of a replica that died, and those accepted without a place in flight.
 * It also renews this replica's leases, and hands back its work at shutdown.
 */
@ApplicationScoped
public class Rescuer {

    private static final Logger LOG = Logger.getLogger(Rescuer.class);
    private static final int CLAIM_BATCH = 50;
    private static final int REFILL = 25;
    private static final int EXPIRE_BATCH = 500;
    private static final Duration LAST_WRITE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final DispatchConfig config;
    private final TransactionConfig transactions;
    private final Claims claims;
    private final TransactionFinisher finisher;
    private final InFlight inFlight;
    private final OutcomeWaiters waiters;
    private final Dispatcher dispatcher;
    private final SendTurns turns;
    private final ProviderCalls calls;
    private final RareWarning cannotClaim;
    private final RareWarning cannotRenew;
    private final List<Long> timers = new CopyOnWriteArrayList<>();
    private volatile boolean backlogLeft;
    private final AtomicBoolean claiming = new AtomicBoolean();

    Rescuer(
            Vertx vertx,
            DispatchConfig config,
            TransactionConfig transactions,
            Claims claims,
            TransactionFinisher finisher,
            InFlight inFlight,
            OutcomeWaiters waiters,
            Dispatcher dispatcher,
            SendTurns turns,
            ProviderCalls calls,
            Clock clock) {
        this.vertx = vertx;
        this.config = config;
        this.transactions = transactions;
        this.claims = claims;
        this.finisher = finisher;
        this.inFlight = inFlight;
        this.waiters = waiters;
        this.dispatcher = dispatcher;
        this.turns = turns;
        this.calls = calls;
        this.cannotClaim = new RareWarning(LOG, clock);
        this.cannotRenew = new RareWarning(LOG, clock);
    }

    void start(@Observes SchemaReady ready) {
        timers.add(vertx.setPeriodic(config.pollInterval().toMillis(), timer -> poll()));
        timers.add(vertx.setPeriodic(transactions.lease().toMillis() / 3, timer -> renew()));
    }

    private void poll() {
        if (backlogLeft || inFlight.placesForClaims() <= 0) {
            expire();
        }
        claim();
    }

    /** Fails transactions whose deadline passes before a place is free. */
    private void expire() {
        finisher.expire(EXPIRE_BATCH)
                .subscribe()
                .with(
                        expired -> {
                            if (!expired.isEmpty()) {
                                LOG.warnf("No SMS: too late for a try, and no place in flight: %s", expired);
                            }
                            if (expired.size() == EXPIRE_BATCH) {
                                expire();
                            }
                        },
                        failure -> cannotClaim.log("Can't look for what is late: %s", failure.getMessage()));
    }

    private void claim() {
        if (!claiming.compareAndSet(false, true)) {
            return;
        }
        int places = inFlight.reserveForClaims(CLAIM_BATCH);
        if (places == 0) {
            claiming.set(false);
            return;
        }
        claims.claim(places)
                .subscribe()
                .with(
                        found -> {
                            inFlight.giveBack(places - found.size());
                            claiming.set(false);
                            backlogLeft = found.size() == places;
                            found.forEach(this::deliver);
                            if (backlogLeft) {
                                claim();
                            }
                        },
                        failure -> {
                            inFlight.giveBack(places);
                            claiming.set(false);
                            cannotClaim.log("Can't look for work: %s", failure.getMessage());
                        });
    }

    private void deliver(Claim claim) {
        dispatcher.deliver(claim, false).thenRun(this::refill);
    }

    /** During a backlog, fills free places before the next poll, several at a time. */
    private void refill() {
        if (backlogLeft && inFlight.placesForClaims() >= Math.min(REFILL, transactions.inFlight() / 4)) {
            claim();
        }
    }

    private void renew() {
        claims.renew()
                .subscribe()
                .with(renewed -> {}, failure -> cannotRenew.log("Can't renew leases: %s", failure.getMessage()));
    }

    void refuseMore(@Observes ShutdownDelayInitiatedEvent event) {
        stopSending();
    }

    /** Waits for the calls under way, and hands the rest back. */
    void drain(@Observes ShutdownEvent event) throws InterruptedException {
        stopSending();
        long end = System.nanoTime() + config.drain().toNanos();
        synchronized (this) {
            while (!inFlight.isEmpty() && System.nanoTime() < end) {
                wait(20);
            }
        }
        timers.forEach(vertx::cancelTimer);
        Set<HeldLease> idle = new HashSet<>(inFlight.heldLeases());
        idle.removeAll(calls.underWay());
        if (!idle.isEmpty()) {
            LOG.infof("Handing back %d transactions", idle.size());
            claims.handBack(idle).onFailure().recoverWithNull().await().atMost(LAST_WRITE);
        }
    }

    private void stopSending() {
        inFlight.close();
        turns.stop();
        waiters.release();
    }
}
