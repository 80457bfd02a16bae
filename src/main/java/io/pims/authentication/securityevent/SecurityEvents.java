package io.pims.authentication.securityevent;

import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.notice.Notice;
import io.pims.authentication.notice.NoticeOutbox;
import io.pims.authentication.securityevent.SecurityEventResource.Event;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The append-only record of operations on numbers and PINs. An operation that is done is one event. The refusals of one kind
 * are one event an hour, which counts them: else a driver who guesses could fill the table.
 */
@ApplicationScoped
public class SecurityEvents implements PanacheRepositoryBase<SecurityEvent, UUID> {

    /**
     * Takes the hour from the database's clock, so that replicas agree on it. All but the count is of the first refusal. An
     * operation that was done has no error and no hour, so it is never counted with another one.
     */
    private static final String APPEND = """
            INSERT INTO security_event (id, user_id, what, error_code, transaction_id, address_hash, hour, last_at,
                actor, reason)
            VALUES (:id, :user, :what, CAST(:code AS int), :transaction, CAST(:address AS text),
                CASE WHEN CAST(:code AS int) IS NOT NULL THEN date_trunc('hour', now(), 'UTC') END,
                CASE WHEN CAST(:code AS int) IS NOT NULL THEN now() END,
                CAST(:actor AS text), CAST(:reason AS text))
            ON CONFLICT (user_id, what, error_code, hour) WHERE hour IS NOT NULL
            DO UPDATE SET times = security_event.times + 1,
                last_at = greatest(security_event.last_at, excluded.last_at)
            RETURNING times
            """;

    private final RequestIds ids;
    private final NoticeOutbox outbox;

    public SecurityEvents(RequestIds ids, NoticeOutbox outbox) {
        this.ids = ids;
        this.outbox = outbox;
    }

    /**
     * Appends an event within the SQL transaction of the change, so that neither is there without the other. The backend is
     * told of it in the same way; of refusals that are counted together, of the first.
     */
    public Uni<Void> append(NewSecurityEvent event) {
        UUID id = ids.generate();
        return append(id, event)
                .flatMap(times -> times == 1
                        ? outbox.add(new Notice(id, event.user(), event.what(), event.error(), event.transactionId()))
                        : Uni.createFrom().voidItem());
    }

    private static Uni<Integer> append(UUID id, NewSecurityEvent event) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(APPEND, Integer.class)
                        .setParameter("id", id)
                        .setParameter("user", event.user())
                        .setParameter("what", event.what())
                        .setParameter("code", event.error().map(ErrorCode::code).orElse(null))
                        .setParameter("transaction", event.transactionId())
                        .setParameter("address", event.addressHash().orElse(null))
                        .setParameter("actor", event.actor().orElse(null))
                        .setParameter("reason", event.reason().orElse(null))
                        .getSingleResult());
    }

    /** Returns a user's events, newest first, those before the given one if there is one. Needs a session. */
    public Uni<List<Event>> page(String user, Optional<UUID> before, int size) {
        return before.map(id -> find("userId = ?1 and id < ?2 order by id desc", user, id))
                .orElseGet(() -> find("userId = ?1 order by id desc", user))
                .project(Event.class)
                .page(Page.ofSize(size))
                .list();
    }
}
