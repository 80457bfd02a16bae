package io.pims.authentication.transaction;

import io.pims.authentication.message.ApiException;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Records transactions and reads them. All methods need a session, {@link #record} a SQL transaction around it. */
@ApplicationScoped
public class Transactions implements PanacheRepositoryBase<SmsTransaction, UUID> {

    private final TransactionConfig config;
    private final InFlight inFlight;

    public Transactions(TransactionConfig config, InFlight inFlight) {
        this.config = config;
        this.inFlight = inFlight;
    }

    /**
     * Records a transaction as PENDING. Held in flight, its first lease is this replica's own, so that the SMS is sent
     * at once; otherwise it is for whoever claims it.
     *
     * @param at the database's time
     * @return the claim; empty if it is not held here
     */
    public Uni<Optional<Claim>> record(
            UUID id, SmsOrder order, Optional<Idempotency> idempotency, Instant at, boolean heldHere) {
        SmsTransaction row = new SmsTransaction();
        row.id = id;
        row.userId = order.user();
        row.type = order.type();
        row.number = order.number();
        row.numberKeyId = order.numberKeyId();
        row.numberHash = order.numberHash();
        order.code().ifPresent(code -> {
            row.codeId = code.id();
            row.codeKeyId = code.keyId();
            row.codeExpiresAt = code.expiresAt();
        });
        row.language = order.language();
        row.brand = order.brand();
        row.idempotencyKey = idempotency.map(Idempotency::key).orElse(null);
        row.fingerprint = idempotency.map(Idempotency::fingerprint).orElse(null);
        row.status = TransactionStatus.PENDING;
        row.createdAt = at;
        row.deadline = at.plus(config.deadline());
        if (!heldHere) {
            row.leaseUntil = at;
            return persist(row).replaceWith(Optional.empty());
        }
        row.lease = 1;
        row.attempts = 1;
        row.leaseOwner = inFlight.replica();
        row.leaseUntil = at.plus(config.lease());
        Optional<Duration> untilCodeExpires = order.code().map(code -> Duration.between(at, code.expiresAt()));
        return persist(row).replaceWith(Optional.of(new Claim(id, 1, 1, config.deadline(), untilCodeExpires, order)));
    }

    /**
     * The transaction that the user has asked for under this key before.
     *
     * @throws ApiException 422 if something else was asked for under it
     */
    public Uni<Optional<Transaction>> replay(String user, Idempotency idempotency) {
        return find("userId = ?1 and idempotencyKey = ?2", user, idempotency.key())
                .firstResult()
                .map(row -> {
                    if (row != null && !row.asksForTheSame(idempotency)) {
                        throw ApiException.invalid("Idempotency-Key", 422);
                    }
                    return Optional.ofNullable(row).map(SmsTransaction::view);
                });
    }

    /** The user's transaction with this id; empty also for another user's. */
    public Uni<Optional<Transaction>> of(String user, UUID id) {
        return find("id = ?1 and userId = ?2", id, user)
                .firstResult()
                .map(row -> Optional.ofNullable(row).map(SmsTransaction::view));
    }
}
