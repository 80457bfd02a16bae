package io.pims.authentication.transaction;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * A lease on a transaction, held by this replica. If a replica holds two leases of one transaction, the later one counts.
 *
 * @param lease the number of the lease, counted from 1
 */
public record HeldLease(UUID transaction, int lease) {

    /** The lease that is recorded with the row, for the replica that accepted the request. */
    static final int FIRST_LEASE = 1;

    /** Leaves out all but the latest lease of each transaction: {@code array_position} finds a transaction once only. */
    public static <T> List<T> latest(Collection<T> all, Function<T, HeldLease> lease) {
        Comparator<T> byLease =
                Comparator.comparingInt(each -> lease.apply(each).lease());
        return List.copyOf(all.stream()
                .collect(toMap(
                        each -> lease.apply(each).transaction(),
                        each -> each,
                        BinaryOperator.maxBy(byLease),
                        LinkedHashMap::new))
                .values());
    }
}
