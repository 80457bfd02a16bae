package io.pims.authentication.facade;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** The HTTP client of a session: the application's, or one of the session's own, whose connections end with it. */
final class Connections {

    private final ConnectionPool own;
    private final OkHttpClient client;

    Connections(Configuration configuration) {
        Optional<OkHttpClient> given = Optional.ofNullable(configuration.httpClient());
        own = given.isPresent() ? null : new ConnectionPool();
        OkHttpClient.Builder builder =
                given.map(OkHttpClient::newBuilder).orElseGet(() -> new OkHttpClient.Builder().connectionPool(own));
        client = builder
                // Over HTTP/2 all calls share a connection, whose death nobody notices when the network changes.
                .protocols(Collections.singletonList(Protocol.HTTP_1_1))
                // Another token is the facade's to fetch.
                .authenticator(Authenticator.NONE)
                .followRedirects(false)
                .followSslRedirects(false)
                .cache(null)
                .connectTimeout(configuration.connectTimeout())
                // The timer watches over all that comes then.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .build();
    }

    OkHttpClient client() {
        return client;
    }

    /** Talks on them, and so blocks. Leaves the application's alone. */
    void close() {
        if (own != null) {
            own.evictAll();
        }
    }
}
