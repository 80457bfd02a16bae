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

/** Keeps on the transaction what became of its SMS after the provider took it. Nothing waits for it. */
@ApplicationScoped
public class DeliveryWriter {

    private final Database database;

    public DeliveryWriter(Database database) {
        this.database = database;
    }

    /** What a receipt did. */
    public enum Effect {
        /** It is what is known now. */
        CHANGED,
        /** As much or more was known already. */
        UNCHANGED,
        /** There is no such transaction, or not any more. */
        UNKNOWN
    }

    /**
     * What a receipt met.
     *
     * @param traceParent the trace of its transaction (W3C traceparent); empty if that is not traced
     */
    public record Recorded(Effect effect, Optional<String> traceParent) {}

    /** Takes a receipt; the same one again changes nothing. */
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
