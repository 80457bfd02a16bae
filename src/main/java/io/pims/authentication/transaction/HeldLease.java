package io.pims.authentication.transaction;

import java.util.UUID;

/**
 * A lease on a transaction, held by this replica. If a replica holds two leases of one transaction, the later one
 * counts.
 *
 * @param lease the number of the lease, counted from 1
 */
public record HeldLease(UUID transaction, int lease) {

    /** The lease that is recorded with the row, for the replica that accepted the request. */
    static final int FIRST_LEASE = 1;
}
