package io.pims.authentication.securityevent;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One thing that happened to a user's number or PIN, or refusals of one kind in one hour. Holds no number, code or PIN. */
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

    /** When it happened, or the first of those that are counted. */
    @Column(insertable = false, updatable = false)
    Instant at;

    /** How many there are in the hour of the first one; 1 for a deed. */
    @Column(insertable = false, updatable = false)
    int times;

    /** When the last of them happened; null for a deed, and for what an earlier release has recorded. */
    @Column(name = "last_at", insertable = false, updatable = false)
    Instant lastAt;
}
