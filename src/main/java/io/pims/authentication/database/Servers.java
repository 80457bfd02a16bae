package io.pims.authentication.database;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds the primary among the servers of the URL, as {@code targetServerType=primary} does for JDBC. The client of
 * Vert.x by itself takes the servers in turn, standbys and dead ones included. All are asked at once, so that a silent
 * one costs no time.
 */
final class Servers implements Primary {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final List<PgConnectOptions> servers;
    private final int silence;

    Servers(Vertx vertx, List<PgConnectOptions> servers) {
        this(vertx, servers, LONGEST_SILENCE);
    }

    /** @param silence for how long a server may say nothing before it counts as no primary */
    Servers(Vertx vertx, List<PgConnectOptions> servers, Duration silence) {
        this.vertx = vertx;
        this.servers = List.copyOf(servers);
        this.silence = (int) silence.toMillis();
    }

    @Override
    public Future<PgConnectOptions> find() {
        return servers.size() == 1 ? Future.succeededFuture(servers.get(0)) : ask();
    }

    private Future<PgConnectOptions> ask() {
        Promise<PgConnectOptions> found = Promise.promise();
        AtomicInteger left = new AtomicInteger(servers.size());
        for (PgConnectOptions server : servers) {
            isPrimary(server)
                    .timeout(silence, TimeUnit.MILLISECONDS)
                    .otherwise(false)
                    .onSuccess(primary -> {
                        if (primary) {
                            found.tryComplete(server);
                        } else if (left.decrementAndGet() == 0) {
                            found.tryFail(
                                    new ConnectException("None of the servers is a primary that takes connections"));
                        }
                    });
        }
        return found.future();
    }

    private Future<Boolean> isPrimary(PgConnectOptions server) {
        PgConnectOptions closedIfSilent = new PgConnectOptions(server);
        closedIfSilent.setReadIdleTimeout(silence).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return PgConnection.connect(vertx, closedIfSilent)
                .compose(connection -> connection
                        .query("SELECT NOT pg_is_in_recovery()")
                        .execute()
                        .map(rows -> rows.iterator().next().getBoolean(0))
                        .onComplete(asked -> connection.close()));
    }
}
