package io.pims.authentication.receipt;

import io.pims.authentication.database.Database;
import io.pims.authentication.transaction.DeliveryState;
import io.pims.authentication.transaction.TransactionTable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Records on the transaction how far its SMS came. Nothing waits for it. */
@ApplicationScoped
public class DeliveryWriter {

    private final Database database;

    public DeliveryWriter(Database database) {
        this.database = database;
    }

    public enum Effect {
        /** The receipt is recorded. */
        CHANGED,
        /** As much or more was recorded already. */
        UNCHANGED,
        /** There is no such transaction, or it is deleted. */
        UNKNOWN
    }

    /**
     * @param traceParent the W3C traceparent of the transaction; empty if it is not traced
     */
    public record Recorded(Effect effect, Optional<String> traceParent) {}

    /** Records a receipt. The same one again changes nothing. */
    public Uni<Recorded> record(UUID transaction, DeliveryState state) {
        Tuple parameters = Tuple.of(
                transaction,
                state.status().name(),
                state.errorCode(),
                state.status().weaker());
        return database.withConnection(connection -> connection
                        .preparedQuery(TransactionTable.RECORD_DELIVERY)
                        .execute(parameters))
                .map(rows -> rows.iterator().next())
                .map(row -> new Recorded(effect(row), Optional.ofNullable(row.getString("trace_parent"))));
    }

    private static Effect effect(Row row) {
        if (row.getLong("changed") > 0) {
            return Effect.CHANGED;
        }
        return row.getLong("known") > 0 ? Effect.UNCHANGED : Effect.UNKNOWN;
    }
}
