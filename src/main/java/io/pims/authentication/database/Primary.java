package io.pims.authentication.database;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;

/** The server that takes writes, for who needs a connection beside the pool's. */
public interface Primary {

    /** How to connect to the server that is the primary now: with TLS, user and password as the pool does. */
    Future<PgConnectOptions> find();
}
