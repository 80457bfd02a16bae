package io.pims.authentication.securityevent;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** An operation on a user's number or PIN that was done, or the refusals of one kind in one hour. */
@Entity
@Table(name = "security_event")
class SecurityEvent {

    @Id
    UUID id;

    @Column(name = "user_id")
    String userId;

    String what;

    @Column(name = "error_code")
    Integer errorCode;

    @Column(name = "transaction_id")
    UUID transactionId;

    @Column(name = "address_hash")
    String addressHash;

    /** The {@code sub} of the one of the staff who asked; null if it was the driver, a backend, or the service. */
    String actor;

    /** The time of the operation, or of the first refusal that is counted. */
    Instant at;

    /** The number of refusals in the hour of the first one; 1 for an operation that was done. */
    int times;

    /** The time of the last refusal; null for an operation that was done, and in rows of earlier releases. */
    @Column(name = "last_at")
    Instant lastAt;

    /** What the help desk gave as its reason; null for others. */
    String reason;
}
