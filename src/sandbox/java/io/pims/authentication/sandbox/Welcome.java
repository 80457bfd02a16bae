package io.pims.authentication.sandbox;

import io.pims.authentication.readiness.SchemaReady;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Tells whoever started the service in dev mode what to paste into a shell to see it work. */
@Singleton
@IfBuildProfile("dev")
final class Welcome {

    static final String DEMO_DRIVER = "demo";
    static final String DEMO_NUMBER = "+33612345678";

    static final int UNKNOWN = -1;

    private static final long BETWEEN_TRIES_MS = 100;
    private static final int PATIENCE_WITH_MANAGEMENT = 100;

    private static final Logger LOG = Logger.getLogger(Welcome.class);

    private final HttpServer server;
    private final CertifiedNumbers numbers;
    private final ThrowawayIssuer issuer;
    private final Vertx vertx;
    private final int configuredManagementPort;
    private final AtomicInteger awaited = new AtomicInteger(2);

    Welcome(
            HttpServer server,
            CertifiedNumbers numbers,
            ThrowawayIssuer issuer,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.management.port") int managementPort) {
        this.server = server;
        this.numbers = numbers;
        this.issuer = issuer;
        this.vertx = vertx;
        this.configuredManagementPort = managementPort;
    }

    void listening(@ObservesAsync HttpServerStart started) {
        greetOnceAllIsThere();
    }

    void migrated(@Observes SchemaReady ready) throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> numbers.certify(DEMO_DRIVER, new PhoneNumber(DEMO_NUMBER)));
        greetOnceAllIsThere();
    }

    private void greetOnceAllIsThere() {
        if (awaited.decrementAndGet() == 0) {
            greet(PATIENCE_WITH_MANAGEMENT);
        }
    }

    /** The management port is opened beside the other one, and may be known a moment later. */
    private void greet(int tries) {
        int managementPort = managementPort(server.getManagementPort(), configuredManagementPort);
        if (managementPort == UNKNOWN && tries > 0) {
            vertx.setTimer(BETWEEN_TRIES_MS, again -> greet(tries - 1));
            return;
        }
        LOG.info(lines(server.getPort(), managementPort, issuer.token(DEMO_DRIVER)));
    }

    /**
     * The port that health is at, or {@link #UNKNOWN}.
     *
     * @param opened as the framework tells: only once it is open, and only if it is not the one that was asked for
     * @param configured 0 for any that is free
     */
    static int managementPort(int opened, int configured) {
        if (opened > 0) {
            return opened;
        }
        return configured > 0 ? configured : UNKNOWN;
    }

    static String lines(int port, int managementPort, String token) {
        String health = managementPort == UNKNOWN
                ? ""
                : "Health is at http://localhost:%1$d/q/health, metrics at http://localhost:%1$d/q/metrics.\n"
                        .formatted(managementPort);
        return """

                The sandbox is ready: http://localhost:%3$d/

                Driver %1$s has the certified number %2$s. To try it without a browser, paste into a shell:

                TOKEN=%4$s
                ANSWER=$(curl -s http://localhost:%3$d/v1/authentication/smscode -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"type":"resetPIN"}'); echo "$ANSWER"
                curl -s "http://localhost:%3$d/v1/authentication/smscode/$(echo "$ANSWER" | sed 's/.*"transactionId":"\\([^"]*\\)".*/\\1/')" -H "Authorization: Bearer $TOKEN" -H 'Prefer: wait=5'; echo; curl -s http://localhost:%3$d/sandbox/messages; echo

                The last line shows the transaction and then the SMS that arrived. Another token: curl -s 'http://localhost:%3$d/sandbox/token?user=NAME'
                %5$s""".formatted(DEMO_DRIVER, DEMO_NUMBER, port, token, health);
    }
}
