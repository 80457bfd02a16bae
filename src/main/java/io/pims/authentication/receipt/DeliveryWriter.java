package io.pims.authentication.receipt;

import io.pims.authentication.database.Database;
import io.pims.authentication.receipt.ReceiptMetrics.Result;
import io.pims.authentication.transaction.DeliveryState;
import io.pims.authentication.transaction.SendAttempt;
import io.pims.authentication.transaction.TransactionRows;
import io.pims.authentication.transaction.TransactionTable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Records on the transaction how far its SMS came. Nothing waits for it. */
@ApplicationScoped
class DeliveryWriter {

    private final Database database;

    DeliveryWriter(Database database) {
        this.database = database;
    }

    /**
     * What was found and done.
     *
     * @param tried the roads that the SMS was tried by, the last one last; a call under way is not among them
     * @param traceParent the W3C traceparent of the transaction; empty if it is not traced
     */
    record Recorded(Result result, List<String> tried, Optional<String> traceParent) {

        /**
         * Returns the road that the receipt is of: the signer's. If roads share an account, the one that was tried last;
         * the first of them if none is known to have been, as when the receipt overtakes the provider's answer.
         */
        String roadAmong(List<String> signers) {
            return tried.stream()
                    .filter(signers::contains)
                    .reduce((earlier, later) -> later)
                    .orElse(signers.get(0));
        }
    }

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
                .map(row -> new Recorded(result(row), tried(row), Optional.ofNullable(row.getString("trace_parent"))));
    }

    /** Attempts that are older than roads are have none. */
    private static List<String> tried(Row row) {
        return TransactionRows.attempts(row).stream()
                .map(SendAttempt::road)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Result result(Row row) {
        if (row.getLong("changed") > 0) {
            return Result.CHANGED;
        }
        return row.getLong("known") > 0 ? Result.UNCHANGED : Result.UNKNOWN_TRANSACTION;
    }
}
