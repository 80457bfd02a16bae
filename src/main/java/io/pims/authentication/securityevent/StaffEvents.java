package io.pims.authentication.securityevent;

import io.pims.authentication.http.RequestIds;
import io.pims.authentication.notice.Notice;
import io.pims.authentication.notice.NoticeOutbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Records what somebody other than the driver did to the driver's data. */
@ApplicationScoped
public class StaffEvents {

    private static final String RECORD = """
            INSERT INTO security_event (id, user_id, what, transaction_id, address_hash, actor)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private final RequestIds ids;
    private final NoticeOutbox outbox;

    StaffEvents(RequestIds ids, NoticeOutbox outbox) {
        this.ids = ids;
        this.outbox = outbox;
    }

    /**
     * Something that was done.
     *
     * @param user whose data it is, or a pseudonym
     * @param what such as {@code driver.erasure}
     * @param addressHash of the one who asked; empty if it is not known
     * @param actor the {@code sub} of the one who asked; empty for the service itself, and for who
     *     erased the own account
     */
    public record Deed(
            String user, String what, UUID transactionId, Optional<String> addressHash, Optional<String> actor) {}

    /** Records it within the SQL transaction on the connection. The backend is told of it in the same way. */
    public Uni<Void> record(SqlConnection connection, Deed deed) {
        UUID id = ids.generate();
        return connection
                .preparedQuery(RECORD)
                .execute(Tuple.of(
                        id,
                        deed.user(),
                        deed.what(),
                        deed.transactionId(),
                        deed.addressHash().orElse(null),
                        deed.actor().orElse(null)))
                .chain(() -> outbox.add(
                        connection, new Notice(id, deed.user(), deed.what(), Optional.empty(), deed.transactionId())));
    }
}
