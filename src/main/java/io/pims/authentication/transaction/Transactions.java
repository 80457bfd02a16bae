package io.pims.authentication.transaction;

import io.pims.authentication.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads transactions for the clients that ask about them. */
@ApplicationScoped
public class Transactions {

    private final Database database;

    public Transactions(Database database) {
        this.database = database;
    }

    /** Returns the user's latest transactions, the newest first. */
    public Uni<List<RecordedTransaction>> latest(String user, int atMost) {
        return database.withConnection(connection ->
                        connection.preparedQuery(TransactionTable.FIND_LATEST).execute(Tuple.of(user, atMost)))
                .map(rows -> rows.stream().map(TransactionRows::recorded).toList());
    }

    /** Returns the user's transaction with this id; empty if there is none, or it is another user's. */
    public Uni<Optional<Transaction>> of(String user, UUID id) {
        return database.withConnection(connection ->
                        connection.preparedQuery(TransactionTable.FIND).execute(Tuple.of(id, user)))
                .map(rows -> rows.stream().map(TransactionRows::transaction).findFirst());
    }
}
