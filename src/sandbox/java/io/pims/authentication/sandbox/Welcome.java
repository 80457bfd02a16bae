package io.pims.authentication.sandbox;

import io.pims.authentication.readiness.Ready;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Tells whoever started the service in dev mode what to paste into a shell to see it work. */
@Singleton
@IfBuildProfile("dev")
final class Welcome {

    static final String DEMO_DRIVER = "demo";
    static final String DEMO_NUMBER = "+33612345678";

    private static final Logger LOG = Logger.getLogger(Welcome.class);

    private final HttpServer server;
    private final TrustedPhoneNumbers numbers;
    private final ThrowawayIssuer issuer;
    private final AtomicInteger awaited = new AtomicInteger(2);

    Welcome(HttpServer server, TrustedPhoneNumbers numbers, ThrowawayIssuer issuer) {
        this.server = server;
        this.numbers = numbers;
        this.issuer = issuer;
    }

    void listening(@ObservesAsync HttpServerStart started) {
        greetOnceAllIsThere();
    }

    void migrated(@Observes Ready ready) throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> numbers.certify(DEMO_DRIVER, new PhoneNumber(DEMO_NUMBER)));
        greetOnceAllIsThere();
    }

    private void greetOnceAllIsThere() {
        if (awaited.decrementAndGet() == 0) {
            LOG.info(lines(server.getPort(), server.getManagementPort(), issuer.token(DEMO_DRIVER)));
        }
    }

    static String lines(int port, int managementPort, String token) {
        return """

                The sandbox is ready: http://localhost:%3$d/

                Driver %1$s has the certified number %2$s. To try it without a browser, paste into a shell:

                TOKEN=%4$s
                ANSWER=$(curl -s http://localhost:%3$d/v1/authentication/smscode -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"type":"resetPIN"}'); echo "$ANSWER"
                curl -s "http://localhost:%3$d/v1/authentication/smscode/$(echo "$ANSWER" | sed 's/.*"transactionId":"\\([^"]*\\)".*/\\1/')" -H "Authorization: Bearer $TOKEN" -H 'Prefer: wait=5'; echo; curl -s http://localhost:%3$d/sandbox/messages; echo

                The last line shows the transaction and then the SMS that arrived. Another token: curl -s 'http://localhost:%3$d/sandbox/token?user=NAME'
                Health is at http://localhost:%5$d/q/health, metrics at http://localhost:%5$d/q/metrics.
                """.formatted(DEMO_DRIVER, DEMO_NUMBER, port, token, managementPort);
    }
}
