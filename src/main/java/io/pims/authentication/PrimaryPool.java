package io.pims.authentication;

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
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the URL lists several servers, each connection goes to the one that is the primary at that moment, as
 * {@code targetServerType=primary} does for JDBC. The client of Vert.x by itself takes them in turn, standbys and dead
 * ones included. All are asked at once, so that one that is silent costs no time.
 */
@Singleton
class PrimaryPool implements PgPoolCreator {

    /**
     * A plan that was made while a table was empty would read all of it for as long as nobody has analysed it. Not in the
     * startup packet, where PgBouncer refuses it.
     */
    private static final String SETTINGS = "SET enable_seqscan = off";

    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        ClientBuilder<Pool> builder = PgBuilder.pool()
                .with(input.poolOptions())
                .using(input.vertx())
                .withConnectHandler(
                        connection -> connection.query(SETTINGS).execute().onComplete(set -> connection.close()));
        return servers.size() == 1
                ? builder.connectingTo(servers.get(0)).build()
                : builder.connectingTo(() -> primary(input.vertx(), servers)).build();
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
