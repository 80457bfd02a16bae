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
 * The leases that this replica holds. A place is taken before the database is asked for a lease, so memory never holds
 * more than {@code pims.transaction.in-flight}. Leases are measured by {@link System#nanoTime}: nobody sets it, and it
 * runs while the process is stopped.
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
     * A lease as this replica knows it.
     *
     * @param endsAt nanoseconds, in the time base of {@code nanoTime}
     * @param recorded true once there is a row; the place is taken before that
     * @param claimed true if it comes from the backlog
     * @param lost true if another replica has the transaction, or it is final
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

    /** Returns the id of this replica as an owner of leases. Each start has a new one. */
    public UUID replica() {
        return replica;
    }

    /** Returns the time from which a lease counts if the database is asked for it now; nanoseconds. */
    long now() {
        return nanoTime.getAsLong();
    }

    /**
     * Takes places for claims from the backlog. Half of all places are for new requests only, so that these need not wait
     * behind a backlog.
     *
     * @param wanted how many, at most
     * @return how many it took
     */
    public int reserveForClaims(int wanted) {
        return reserve(Math.max(0, Math.min(wanted, placesForClaims())));
    }

    /** Returns how many more transactions may be claimed; zero or less if none. */
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

    /** Gives back places for which no claim was found. */
    public void giveBack(int places) {
        free.addAndGet(places);
    }

    /** Takes a place for a transaction that is about to be recorded with its first lease. Returns false if none is free. */
    public boolean tryHold(UUID transaction) {
        if (reserve(1) == 0) {
            return false;
        }
        leases.put(
                new HeldLease(transaction, HeldLease.FIRST_LEASE),
                new LeaseState(leaseFrom(now()), false, false, false));
        return true;
    }

    /** Frees the place of a transaction that was not recorded with its first lease. */
    public void release(UUID unrecorded) {
        release(new HeldLease(unrecorded, HeldLease.FIRST_LEASE));
    }

    void recorded(HeldLease lease) {
        leases.computeIfPresent(lease, (key, state) -> state.asRecorded());
    }

    /**
     * Fills a reserved place with a claim.
     *
     * @param askedAt when the database was asked, by {@link #now}: the lease counts from then
     */
    void hold(HeldLease lease, long askedAt) {
        leases.put(lease, new LeaseState(leaseFrom(askedAt), true, true, false));
        claimed.incrementAndGet();
    }

    /** Returns the leases that have a row. One of these that can't be renewed is lost. */
    Set<HeldLease> renewable() {
        return heldLeases(state -> state.recorded() && !state.lost());
    }

    /**
     * Prolongs the leases that were renewed. The others are lost; their places are free when the work on them ends.
     *
     * @param askedAt when the database was asked, by {@link #now}: the leases count from then
     */
    void renewed(Collection<HeldLease> asked, Set<HeldLease> renewed, long askedAt) {
        for (HeldLease lease : asked) {
            leases.computeIfPresent(
                    lease, (key, state) -> renewed.contains(key) ? state.until(leaseFrom(askedAt)) : state.asLost());
        }
    }

    private long leaseFrom(long askedAt) {
        return askedAt + config.lease().toNanos();
    }

    /** True if the transaction is another replica's or final, as far as is known. */
    public boolean isLost(HeldLease lease) {
        LeaseState state = leases.get(lease);
        return state == null || state.lost();
    }

    /** True if the lease lasts at least so long from now. */
    public boolean lasts(HeldLease lease, Duration longest) {
        LeaseState state = leases.get(lease);
        return state != null && !state.lost() && state.endsAt() - now() >= longest.toNanos();
    }

    /** Frees the place of a lease when the work under it has ended. */
    public void release(HeldLease lease) {
        LeaseState state = leases.remove(lease);
        if (state != null) {
            if (state.claimed()) {
                claimed.decrementAndGet();
            }
            free.incrementAndGet();
        }
    }

    /** Returns the leases that are not known to be lost. */
    public Set<HeldLease> heldLeases() {
        return heldLeases(state -> !state.lost());
    }

    private Set<HeldLease> heldLeases(Predicate<LeaseState> which) {
        return leases.entrySet().stream()
                .filter(each -> which.test(each.getValue()))
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    /** Returns the transactions of {@link #heldLeases}. */
    public Set<UUID> transactions() {
        return heldLeases().stream().map(HeldLease::transaction).collect(toSet());
    }

    /** Returns how many places are filled. */
    public int held() {
        return leases.size();
    }

    public boolean isEmpty() {
        return leases.isEmpty();
    }

    /** Gives no more places: the replica is shutting down. */
    public void close() {
        closed = true;
    }
}
