package io.pims.authentication.transaction;

import java.util.UUID;

/**
 * What a replica has of a transaction: the right to work on it under one of its leases. Two holds of one transaction are
 * two things, of which the later one counts.
 *
 * @param lease the lease's number
 */
public record HeldLease(UUID transaction, int lease) {

    /** The lease that comes with the record, for the replica that accepted the request. */
    static final int FIRST_LEASE = 1;
}
