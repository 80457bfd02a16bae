package io.pims.authentication.sandbox;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Tells whoever started the service in dev mode what to paste into a shell to see it work. */
@Singleton
@IfBuildProfile("dev")
final class Welcome {

    static final String DEMO_DRIVER = "demo";
    static final String DEMO_NUMBER = "+33612345678";

    private static final Logger LOG = Logger.getLogger(Welcome.class);

    private final HttpServer server;

    Welcome(HttpServer server) {
        this.server = server;
    }

    void greet(@ObservesAsync HttpServerStart started) {
        LOG.info(lines(server.getPort()));
    }

    /** The token is fetched and not printed: it would be in every log that somebody passes on. */
    static String lines(int port) {
        return """

                The sandbox is ready. Driver %1$s has the certified number %2$s. Paste into a shell:

                TOKEN=$(curl -s 'http://localhost:%3$d/sandbox/token?user=%1$s')
                ANSWER=$(curl -s http://localhost:%3$d/v1/authentication/smscode -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"type":"resetPIN"}'); echo "$ANSWER"
                curl -s "http://localhost:%3$d/v1/authentication/smscode/$(echo "$ANSWER" | sed 's/.*"transactionId":"\\([^"]*\\)".*/\\1/')" -H "Authorization: Bearer $TOKEN" -H 'Prefer: wait=5'; echo
                curl -s http://localhost:%3$d/sandbox/messages; echo
                """.formatted(DEMO_DRIVER, DEMO_NUMBER, port);
    }
}
