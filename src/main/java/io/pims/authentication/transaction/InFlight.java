package io.pims.authentication.transaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The transactions that this replica holds a lease on. A place is taken before the database is asked for a lease, so
 * that there is never more in memory than {@code pims.transaction.in-flight}.
 */
@ApplicationScoped
public class InFlight {

    private final UUID replica = UUID.randomUUID();
    private final TransactionConfig config;
    private final Clock clock;
    private final AtomicInteger free;
    private final Map<UUID, Instant> leases = new ConcurrentHashMap<>();
    private final Set<UUID> claimed = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public InFlight(TransactionConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.free = new AtomicInteger(config.inFlight());
    }

    /** This replica's name as the owner of leases; another one after each start. */
    public UUID replica() {
        return replica;
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
        return Math.min(free.get(), (config.inFlight() + 1) / 2 - claimed.size());
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

    /** Takes a place for a transaction that is about to be recorded; false if there is none. */
    public boolean tryHold(UUID transaction) {
        if (reserve(1) == 0) {
            return false;
        }
        leases.put(transaction, leaseFrom(clock.instant()));
        return true;
    }

    /**
     * Fills a place that was reserved with what was claimed; the lease counts from before the database was asked. One that is held already, as
     * its lease ran out unnoticed, keeps the place that it has.
     */
    public void hold(UUID transaction, Instant askedAt) {
        claimed.add(transaction);
        if (leases.put(transaction, leaseFrom(askedAt)) != null) {
            giveBack(1);
        }
    }

    /** Notes that these leases run on, counted from before the database was asked. */
    public void renewed(Collection<UUID> transactions, Instant askedAt) {
        transactions.forEach(id -> leases.computeIfPresent(id, (key, until) -> leaseFrom(askedAt)));
    }

    private Instant leaseFrom(Instant askedAt) {
        return askedAt.plus(config.lease());
    }

    /** When the lease ends as far as this replica knows; already over if there is none. */
    public Instant leaseEnd(UUID transaction) {
        return leases.getOrDefault(transaction, Instant.MIN);
    }

    /** Frees the place of a transaction that is final, or somebody else's. */
    public void release(UUID transaction) {
        claimed.remove(transaction);
        if (leases.remove(transaction) != null) {
            free.incrementAndGet();
        }
    }

    public Set<UUID> transactions() {
        return Set.copyOf(leases.keySet());
    }

    /** How many there are. */
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
