package io.pims.authentication.notice;

import io.pims.authentication.http.ErrorCode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
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
                .flatMap(session -> session.createNativeQuery(NoticeTable.ADD_IN_SESSION)
                        .setParameter("user", notice.user())
                        .setParameter("event", notice.event())
                        .setParameter("what", notice.what())
                        .setParameter(
                                "code", notice.error().map(ErrorCode::code).orElse(null))
                        .setParameter("transaction", notice.transactionId())
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Adds it within the SQL transaction on the connection. */
    public Uni<Void> add(SqlConnection connection, Notice notice) {
        if (!hasBackend) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(NoticeTable.ADD)
                .execute(Tuple.of(
                        notice.user(),
                        notice.event(),
                        notice.what(),
                        notice.error().map(ErrorCode::code).orElse(null),
                        notice.transactionId()))
                .replaceWithVoid();
    }
}
