package io.pims.authentication.securityevent;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One thing that happened to a user's number or PIN. Holds no number, code or PIN. */
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

    @Column(insertable = false, updatable = false)
    Instant at;
}
