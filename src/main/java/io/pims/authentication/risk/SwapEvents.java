package io.pims.authentication.risk;

import io.pims.authentication.database.Database;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.securityevent.NewSecurityEvent;
import io.pims.authentication.securityevent.SecurityEvents;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Records them as security events, each in a SQL transaction of its own. */
@ApplicationScoped
class SwapEvents implements SwapRecord {

    private static final String WHAT = "smscode.simSwap";

    private final Database database;
    private final SecurityEvents events;
    private final Vertx vertx;

    SwapEvents(Database database, SecurityEvents events, Vertx vertx) {
        this.database = database;
        this.events = events;
        this.vertx = vertx;
    }

    @Override
    public Uni<Void> swapped(String user, UUID transaction, boolean refused) {
        NewSecurityEvent event = new NewSecurityEvent(
                user,
                WHAT,
                refused ? Optional.of(ErrorCode.SERVER_ERROR) : Optional.empty(),
                transaction,
                Optional.empty());
        return Uni.createFrom()
                .deferred(() -> database.withTransaction(() -> events.append(event)))
                .runSubscriptionOn(task -> own().runOnContext(run -> task.run()));
    }

    /** Hibernate's session is kept in the context, and the one of the transaction is not its alone. */
    private Context own() {
        Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(own, true);
        return own;
    }
}
