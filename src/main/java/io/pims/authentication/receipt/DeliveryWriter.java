package io.pims.authentication.receipt;

import io.pims.authentication.database.Database;
import io.pims.authentication.receipt.ReceiptMetrics.Result;
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
class DeliveryWriter {

    private final Database database;

    DeliveryWriter(Database database) {
        this.database = database;
    }

    /** @param traceParent the W3C traceparent of the transaction; empty if it is not traced */
    record Recorded(Result result, Optional<String> traceParent) {}

    /** Records a receipt. The same one again changes nothing. */
    Uni<Recorded> record(UUID transaction, DeliveryState state) {
        Tuple parameters = Tuple.of(
                transaction,
                state.status().name(),
                state.errorCode(),
                state.status().weaker());
        return database.withConnection(connection -> connection
                        .preparedQuery(TransactionTable.RECORD_DELIVERY)
                        .execute(parameters))
                .map(rows -> rows.iterator().next())
                .map(row -> new Recorded(result(row), Optional.ofNullable(row.getString("trace_parent"))));
    }

    private static Result result(Row row) {
        if (row.getLong("changed") > 0) {
            return Result.CHANGED;
        }
        return row.getLong("known") > 0 ? Result.UNCHANGED : Result.UNKNOWN_TRANSACTION;
    }
}
