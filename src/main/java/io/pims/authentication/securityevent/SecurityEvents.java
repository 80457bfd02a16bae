package io.pims.authentication.securityevent;

import io.pims.authentication.message.ErrorCode;
import io.pims.authentication.message.RequestIds;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The append-only record of what happened to numbers and PINs. */
@ApplicationScoped
public class SecurityEvents implements PanacheRepositoryBase<SecurityEvent, UUID> {

    private final RequestIds ids;

    public SecurityEvents(RequestIds ids) {
        this.ids = ids;
    }

    /** Appends within the SQL transaction of the change itself, so that there is neither without the other. */
    public Uni<Void> append(Occurrence occurrence) {
        SecurityEvent event = new SecurityEvent();
        event.id = ids.generate();
        event.userId = occurrence.user();
        event.what = occurrence.what();
        event.errorCode = occurrence.error().map(ErrorCode::code).orElse(null);
        event.transactionId = occurrence.transactionId();
        event.addressHash = occurrence.addressHash().orElse(null);
        return persist(event).replaceWithVoid();
    }

    /** A user's events, newest first, from before the given one on; needs a session. */
    Uni<List<SecurityEvent>> page(String user, Optional<UUID> before, int size) {
        return before.map(id -> find("userId = ?1 and id < ?2 order by id desc", user, id))
                .orElseGet(() -> find("userId = ?1 order by id desc", user))
                .page(Page.ofSize(size))
                .list();
    }
}
