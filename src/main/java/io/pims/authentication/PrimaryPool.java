package io.pims.authentication;

import io.pims.authentication.database.DatabaseConfig;
import io.pims.authentication.database.ReplyDeadline;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the URL lists several servers, each connection goes to the one that is the primary at that moment, as
 * {@code targetServerType=primary} does for JDBC. The client of Vert.x by itself takes them in turn, standbys and dead
 * ones included. All are asked at once, so that one that is silent costs no time.
 */
@Singleton
class PrimaryPool implements PgPoolCreator {

    /**
     * Of each session, so that they hold for all SQL transactions, Hibernate's too, and cost none of them a round trip.
     * No statement runs for longer than anybody waits for it. A replica that stopped in the middle must not keep its
     * locks, nor let the others wait for long. A plan that was made while a table was empty would read all of it for as
     * long as nobody has analysed it. Not in the startup packet, where PgBouncer refuses them.
     */
    private static final String SETTINGS = "SET statement_timeout = %d; SET lock_timeout = %d;"
            + " SET idle_in_transaction_session_timeout = %d; SET enable_seqscan = off";

    /** For a server's own time-outs to be heard of before its connection is given up. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** For a connection: as many as there may be requests. */
    private static final int MOST_WAITING = 12_000;

    private final DatabaseConfig config;

    PrimaryPool(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> servers =
                input.pgConnectOptionsList().stream().map(this::openedInTime).toList();
        ClientBuilder<Pool> builder = PgBuilder.pool()
                .with(input.poolOptions()
                        .setConnectionTimeout((int) config.patience().toMillis())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setMaxWaitQueueSize(MOST_WAITING))
                .using(input.vertx())
                .withConnectHandler(this::opened);
        return servers.size() == 1
                ? builder.connectingTo(servers.get(0)).build()
                : builder.connectingTo(() -> primary(input.vertx(), servers)).build();
    }

    /** A server that is stopped takes connections, and says nothing then. */
    private PgConnectOptions openedInTime(PgConnectOptions server) {
        PgConnectOptions bounded = new PgConnectOptions(server);
        int patience = (int) config.patience().toMillis();
        bounded.setConnectTimeout(patience)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout(patience);
        // Vert.x leaves it out of its copy.
        return bounded.setUseLayer7Proxy(server.getUseLayer7Proxy());
    }

    private void opened(SqlConnection connection) {
        ReplyDeadline.guard(connection, config.patience().plus(MARGIN));
        connection.query(settings()).execute().onComplete(set -> connection.close());
    }

    private String settings() {
        long patience = config.patience().toMillis();
        return SETTINGS.formatted(
                patience, patience / 2, config.idleInTransaction().toMillis());
    }

    private static Future<SqlConnectOptions> primary(Vertx vertx, List<PgConnectOptions> servers) {
        Promise<SqlConnectOptions> found = Promise.promise();
        AtomicInteger left = new AtomicInteger(servers.size());
        for (PgConnectOptions server : servers) {
            isPrimary(vertx, server).otherwise(false).onSuccess(primary -> {
                if (primary) {
                    found.tryComplete(server);
                } else if (left.decrementAndGet() == 0) {
                    found.tryFail(new ConnectException("None of the servers is a primary that takes connections"));
                }
            });
        }
        return found.future();
    }

    private static Future<Boolean> isPrimary(Vertx vertx, PgConnectOptions server) {
        return PgConnection.connect(vertx, server)
                .compose(connection -> connection
                        .query("SELECT NOT pg_is_in_recovery()")
                        .execute()
                        .map(rows -> rows.iterator().next().getBoolean(0))
                        .onComplete(asked -> connection.close()));
    }
}
