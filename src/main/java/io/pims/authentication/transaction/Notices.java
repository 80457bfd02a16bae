package io.pims.authentication.transaction;

import io.pims.authentication.database.DatabaseTime;
import io.pims.authentication.http.RequestIds;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * SMS that tell a driver what was changed. Recorded in the SQL transaction of the change, so that there is none without
 * the other, and sent by whichever replica looks for work next.
 */
@ApplicationScoped
public class Notices {

    private final Transactions transactions;
    private final RequestIds ids;

    Notices(Transactions transactions, RequestIds ids) {
        this.transactions = transactions;
        this.ids = ids;
    }

    /** @param order without a code */
    public Uni<Void> record(SmsOrder order) {
        return DatabaseTime.now().flatMap(now -> transactions.record(ids.generate(), order, now));
    }
}
