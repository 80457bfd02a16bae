package io.pims.authentication.transaction;

import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.receipt.DeliveryWriter;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The row of a transaction as it is read, and recorded where there is a session; {@link Claims} moves it on. */
@Entity
@Table(name = "sms_transaction")
class SmsTransaction {

    @Id
    UUID id;

    @Column(name = "user_id")
    String userId;

    String type;
    byte[] number;

    @Column(name = "number_key_id")
    String numberKeyId;

    @Column(name = "number_hash")
    byte[] numberHash;

    @Column(name = "code_id")
    UUID codeId;

    @Column(name = "code_key_id")
    String codeKeyId;

    @Column(name = "code_expires_at")
    Instant codeExpiresAt;

    String language;
    String brand;

    @Column(name = "trace_parent")
    String traceParent;

    @Enumerated(EnumType.STRING)
    TransactionStatus status;

    @Column(name = "error_code")
    Integer errorCode;

    @Column(name = "created_at")
    Instant createdAt;

    Instant deadline;
    int attempts;
    int lease;

    @Column(name = "lease_until")
    Instant leaseUntil;

    /** Never written from here: {@link DeliveryWriter} does. */
    @Enumerated(EnumType.STRING)
    @Column(name = "delivery_status", insertable = false, updatable = false)
    DeliveryStatus deliveryStatus;

    @Column(name = "delivery_error", insertable = false, updatable = false)
    Integer deliveryError;

    Transaction view() {
        return new Transaction(
                id,
                status,
                errorCode == null ? null : ErrorCode.of(errorCode),
                deliveryStatus == null ? null : new DeliveryState(deliveryStatus, deliveryError));
    }
}
