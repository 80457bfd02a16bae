package io.pims.authentication.notice;

import io.pims.authentication.http.ErrorCode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes in what the backend is to be told. Nothing is kept where no backend is set. */
@ApplicationScoped
public class NoticeOutbox {

    private final boolean hasBackend;

    NoticeOutbox(NoticeConfig config) {
        this.hasBackend = config.url().isPresent();
    }

    /** Adds a notice within the session's SQL transaction, so that it is there if and only if the event is. */
    public Uni<Void> add(Notice notice) {
        if (!hasBackend) {
            return Uni.createFrom().voidItem();
        }
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(NoticeTable.ADD)
                        .setParameter("user", notice.user())
                        .setParameter("event", notice.event())
                        .setParameter("what", notice.what())
                        .setParameter(
                                "code", notice.error().map(ErrorCode::code).orElse(null))
                        .setParameter("transaction", notice.transactionId())
                        .executeUpdate())
                .replaceWithVoid();
    }

    /**
     * Forgets what waits about a user, within the session's SQL transaction. What is being posted at that moment may still
     * arrive.
     */
    public Uni<Void> forget(String user) {
        return run(NoticeTable.FORGET_TURN, user).chain(() -> run(NoticeTable.FORGET, user));
    }

    private static Uni<Void> run(String statement, String user) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(statement)
                        .setParameter("user", user)
                        .executeUpdate())
                .replaceWithVoid();
    }
}
