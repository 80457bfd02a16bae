package io.pims.authentication.notice;

import io.pims.authentication.sandbox.SandboxDatabase;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;

/** A PostgreSQL of its own, with the schema, for tests without a container. */
final class OutboxDatabase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SandboxDatabase server;
    private final Pool pool;

    /** @param folder that is empty */
    OutboxDatabase(Path folder, Vertx vertx) {
        server = new SandboxDatabase(folder);
        server.start();
        Flyway.configure()
                .dataSource(server.jdbcUrl(), SandboxDatabase.USER, SandboxDatabase.PASSWORD)
                .load()
                .migrate();
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(16))
                .connectingTo(PgConnectOptions.fromUri(server.url())
                        .setUser(SandboxDatabase.USER)
                        .setPassword(SandboxDatabase.PASSWORD))
                .using(vertx)
                .build();
    }

    Pool pool() {
        return pool;
    }

    RowSet<Row> execute(String sql, Object... values) {
        return pool.preparedQuery(sql)
                .execute(Tuple.from(List.of(values)))
                .await()
                .atMost(PATIENCE);
    }

    long count(String sql, Object... values) {
        return execute(sql, values).iterator().next().getLong(0);
    }

    long waiting() {
        return count("SELECT count(*) FROM notice_outbox");
    }

    /** Lets all that is due later be due now. */
    void letTimePass() {
        execute("UPDATE notice_queue SET due_at = now() WHERE due_at > now()");
    }

    /** @param number by which a test knows the event again */
    void add(String user, int number) {
        pool.preparedQuery(NoticeTable.ADD).execute(event(user, number)).await().atMost(PATIENCE);
    }

    /** Adds so many events of one user. */
    void addMany(String user, int events) {
        pool.preparedQuery(NoticeTable.ADD)
                .executeBatch(IntStream.rangeClosed(1, events)
                        .mapToObj(number -> event(user, number))
                        .toList())
                .await()
                .atMost(PATIENCE);
    }

    private static Tuple event(String user, int number) {
        return Tuple.of(user, UUID.randomUUID(), "pincode.reset", number, UUID.randomUUID());
    }

    /** A SQL transaction in which an event was added, and that is neither committed nor rolled back yet. */
    OpenTransaction adding(String user, int number) {
        SqlConnection connection = pool.getConnection().await().atMost(PATIENCE);
        connection.query("BEGIN").execute().await().atMost(PATIENCE);
        connection
                .preparedQuery(NoticeTable.ADD)
                .execute(event(user, number))
                .await()
                .atMost(PATIENCE);
        return new OpenTransaction(connection);
    }

    record OpenTransaction(SqlConnection connection) {

        void end(String how) {
            connection.query(how).execute().await().atMost(PATIENCE);
            connection.close().await().atMost(PATIENCE);
        }
    }

    void clear() {
        execute("TRUNCATE notice_outbox, notice_queue");
    }

    @Override
    public void close() {
        pool.close().await().atMost(PATIENCE);
        server.stop();
    }
}
