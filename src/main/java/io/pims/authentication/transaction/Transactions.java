package io.pims.authentication.transaction;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Records notices as transactions and reads transactions, within a session; {@link TransactionWriter} records requests. */
@ApplicationScoped
public class Transactions implements PanacheRepositoryBase<SmsTransaction, UUID> {

    private final TransactionConfig config;

    public Transactions(TransactionConfig config) {
        this.config = config;
    }

    /** Records a transaction as PENDING, for whoever claims it. Needs a SQL transaction around it. */
    Uni<Void> record(UUID id, SmsOrder order, Instant at) {
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
        row.traceParent = order.traceParent().orElse(null);
        row.status = TransactionStatus.PENDING;
        row.createdAt = at;
        row.deadline = at.plus(config.deadline());
        row.leaseUntil = at;
        return persist(row).replaceWithVoid();
    }

    /** The user's transaction with this id; empty also for another user's. */
    public Uni<Optional<Transaction>> of(String user, UUID id) {
        return find("id = ?1 and userId = ?2", id, user)
                .firstResult()
                .map(row -> Optional.ofNullable(row).map(SmsTransaction::view));
    }
}
