package io.pims.authentication.transaction;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** SMS that tell a driver about a change. Recorded in the SQL transaction of the change: there is never one without the other. */
@ApplicationScoped
public class Notices {

    private final RequestIds ids;
    private final TransactionConfig config;

    Notices(RequestIds ids, TransactionConfig config) {
        this.ids = ids;
        this.config = config;
    }

    /**
     * Records a notice for any replica to send. Needs a Hibernate session with a transaction.
     *
     * @param type selects the text of the notice
     */
    public Uni<Void> record(Caller caller, String type, SealedNumber number) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(TransactionTable.INSERT_NOTICE)
                        .setParameter("id", ids.generate())
                        .setParameter("user", caller.user())
                        .setParameter("type", type)
                        .setParameter("number", number.ciphertext())
                        .setParameter("keyId", number.keyId())
                        .setParameter("hash", number.hash())
                        .setParameter("language", caller.language())
                        .setParameter("brand", caller.driver().brand().orElse(""))
                        .setParameter("trace", caller.traceParent().orElse(null))
                        .setParameter("deadline", TransactionRows.seconds(config.deadline()))
                        .executeUpdate())
                .replaceWithVoid();
    }
}
