package io.pims.authentication.transaction;

import static java.util.stream.Collectors.toSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The transactions that this replica holds a lease on, each by id and lease: what is done under one lease says nothing of
 * another one. A place is taken before the database is asked for a lease, so that there is never more in memory than
 * {@code pims.transaction.in-flight}. Leases are measured by {@link System#nanoTime}, which nobody sets, and which goes on
 * while the process is stopped.
 */
@ApplicationScoped
public class InFlight {

    private final UUID replica = UUID.randomUUID();
    private final TransactionConfig config;
    private final LongSupplier nanoTime;
    private final AtomicInteger free;
    private final Map<HeldLease, LeaseState> leases = new ConcurrentHashMap<>();
    private final AtomicInteger claimed = new AtomicInteger();
    private volatile boolean closed;

    /**
     * How long a hold lasts, as far as this replica knows.
     *
     * @param endsAt the lease's end
     * @param recorded whether there is a row for it; a place is taken before there is one
     * @param claimed whether it comes out of the backlog
     * @param lost whether it was seen that somebody else has the transaction, or that it is final
     */
    private record LeaseState(long endsAt, boolean recorded, boolean claimed, boolean lost) {

        LeaseState until(long newEnd) {
            return new LeaseState(newEnd, recorded, claimed, lost);
        }

        LeaseState asRecorded() {
            return new LeaseState(endsAt, true, claimed, lost);
        }

        LeaseState asLost() {
            return new LeaseState(endsAt, recorded, claimed, true);
        }
    }

    @Inject
    public InFlight(TransactionConfig config) {
        this(config, System::nanoTime);
    }

    public InFlight(TransactionConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
        this.free = new AtomicInteger(config.inFlight());
    }

    /** This replica's name as the owner of leases; another one after each start. */
    public UUID replica() {
        return replica;
    }

    /** The moment from which a lease counts that the database is asked for now. */
    long now() {
        return nanoTime.getAsLong();
    }

    /**
     * Takes up to so many places for what waits in the database, and says how many it got. Half of all places are for
     * new requests alone, so that a backlog does not make these join its end.
     */
    public int reserveForClaims(int wanted) {
        return reserve(Math.max(0, Math.min(wanted, placesForClaims())));
    }

    /** How many more may be claimed. */
    public int placesForClaims() {
        return Math.min(free.get(), (config.inFlight() + 1) / 2 - claimed.get());
    }

    int reserve(int wanted) {
        if (closed) {
            return 0;
        }
        int before = free.getAndUpdate(available -> available - Math.min(wanted, available));
        return Math.min(wanted, before);
    }

    /** Gives back places that came to nothing. */
    public void giveBack(int places) {
        free.addAndGet(places);
    }

    /** Takes a place for a transaction that is about to be recorded, with its first lease; false if there is none. */
    public boolean tryHold(UUID transaction) {
        if (reserve(1) == 0) {
            return false;
        }
        leases.put(
                new HeldLease(transaction, HeldLease.FIRST_LEASE),
                new LeaseState(leaseFrom(now()), false, false, false));
        return true;
    }

    /** Frees the place of a transaction that was not recorded, or not under the lease that the place was for. */
    public void release(UUID unrecorded) {
        release(new HeldLease(unrecorded, HeldLease.FIRST_LEASE));
    }

    /** Notes that what the place was taken for is recorded. */
    void recorded(HeldLease lease) {
        leases.computeIfPresent(lease, (key, state) -> state.asRecorded());
    }

    /** Fills a place that was reserved with what was claimed; the lease counts from before the database was asked. */
    void hold(HeldLease lease, long askedAt) {
        leases.put(lease, new LeaseState(leaseFrom(askedAt), true, true, false));
        claimed.incrementAndGet();
    }

    /** What there is a row for, so that a lease can be renewed, and one that can't is lost. */
    Set<HeldLease> renewable() {
        return heldLeases(state -> state.recorded() && !state.lost());
    }

    /**
     * Notes which leases run on, counted from before the database was asked. Those that were asked for in vain are lost;
     * their places are free when the work on them has ended.
     */
    void renewed(Collection<HeldLease> asked, Set<HeldLease> runOn, long askedAt) {
        for (HeldLease lease : asked) {
            leases.computeIfPresent(
                    lease, (key, state) -> runOn.contains(key) ? state.until(leaseFrom(askedAt)) : state.asLost());
        }
    }

    private long leaseFrom(long askedAt) {
        return askedAt + config.lease().toNanos();
    }

    /** Whether the transaction is somebody else's, or final, as far as is known. */
    public boolean isLost(HeldLease lease) {
        LeaseState state = leases.get(lease);
        return state == null || state.lost();
    }

    /** Whether the lease lasts for at least so long from now on. */
    public boolean lasts(HeldLease lease, Duration longest) {
        LeaseState state = leases.get(lease);
        return state != null && !state.lost() && state.endsAt() - now() >= longest.toNanos();
    }

    /** Frees the place of a hold whose work has ended. */
    public void release(HeldLease lease) {
        LeaseState state = leases.remove(lease);
        if (state != null) {
            if (state.claimed()) {
                claimed.decrementAndGet();
            }
            free.incrementAndGet();
        }
    }

    /** What is held and not known to be lost. */
    public Set<HeldLease> heldLeases() {
        return heldLeases(state -> !state.lost());
    }

    private Set<HeldLease> heldLeases(Predicate<LeaseState> which) {
        return leases.entrySet().stream()
                .filter(each -> which.test(each.getValue()))
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    /** The transactions of {@link #heldLeases}. */
    public Set<UUID> transactions() {
        return heldLeases().stream().map(HeldLease::transaction).collect(toSet());
    }

    /** How many places are taken by holds. */
    public int held() {
        return leases.size();
    }

    public boolean isEmpty() {
        return leases.isEmpty();
    }

    /** From now on no place is given: the replica is shutting down. */
    public void close() {
        closed = true;
    }
}
