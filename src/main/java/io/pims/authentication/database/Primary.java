package io.pims.authentication.database;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;

/** The server that takes writes, for connections beside the pool's. */
public interface Primary {

    /** Returns how to connect to the current primary: with TLS, user and password as the pool does. */
    Future<PgConnectOptions> find();
}
