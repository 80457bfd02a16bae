package io.pims.authentication.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The pool of connections to the primary, all with the same settings. */
@Singleton
class PrimaryPool implements PgPoolCreator, Primary {

    /**
     * Set for each session, so that they hold for all SQL transactions, Hibernate's too, and cost none of them a round
     * trip. No statement runs for longer than a request waits for it. A replica that stopped in the middle must not
     * keep its locks, nor let the others wait for long. A plan that was made while a table was empty would read all of
     * it until the table is analysed: without {@code enable_seqscan = off} half as many requests are accepted then. Not
     * in the startup packet, where PgBouncer refuses them.
     */
    private static final String SETTINGS = "SET statement_timeout = %d; SET lock_timeout = %d;"
            + " SET idle_in_transaction_session_timeout = %d; SET enable_seqscan = off";

    /**
     * PgBouncer refuses it in the startup packet unless told to ignore it. Vert.x asks for 2 there; since PostgreSQL 12
     * any number above 0 is the same, and 1 the default.
     */
    private static final String FLOAT_DIGITS = "extra_float_digits";

    /** Lets a server's own time-outs be reported before its connection is given up. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /** As many as there may be requests (quarkus.http.limits.max-connections). */
    private static final int MOST_WAITING = 12_000;

    private final DatabaseConfig config;
    private volatile Servers servers;

    PrimaryPool(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> options = input.pgConnectOptionsList();
        options.forEach(this::openInTime);
        options.forEach(PrimaryPool::leaveOutFloatDigits);
        servers = new Servers(input.vertx(), options);
        ClientBuilder<Pool> builder = PgBuilder.pool()
                .with(input.poolOptions()
                        .setConnectionTimeout((int) config.patience().toMillis())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setMaxWaitQueueSize(MOST_WAITING))
                .using(input.vertx())
                .withConnectHandler(this::opened);
        return options.size() == 1
                ? builder.connectingTo(options.get(0)).build()
                : builder.connectingTo(() -> servers.find().map(found -> found)).build();
    }

    /** A server that is stopped takes connections, and says nothing then. */
    private void openInTime(PgConnectOptions server) {
        int patience = (int) config.patience().toMillis();
        server.setConnectTimeout(patience)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout(patience);
    }

    private static void leaveOutFloatDigits(PgConnectOptions options) {
        options.getProperties().remove(FLOAT_DIGITS, PgConnectOptions.DEFAULT_PROPERTIES.get(FLOAT_DIGITS));
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

    @Override
    public Future<PgConnectOptions> find() {
        return servers == null ? Future.failedFuture("There is no pool yet") : servers.find();
    }
}
