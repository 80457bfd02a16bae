package io.pims.authentication.sandbox;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells the fake Vonage where the service's webhook is, whose port is not known before there is something to tell. */
@Singleton
@IfBuildProfile(anyOf = {"dev", "test"})
final class ReceiptRoute {

    private final HttpServer server;
    private final int configuredPort;
    private final FakeVonage vonage;

    ReceiptRoute(HttpServer server, @ConfigProperty(name = "quarkus.http.port") int configuredPort, FakeVonage vonage) {
        this.server = server;
        this.configuredPort = configuredPort;
        this.vonage = vonage;
    }

    void start(@Observes StartupEvent event) {
        vonage.tellReceipts(() -> URI.create("http://localhost:" + port() + "/v1/authentication/receipt"));
    }

    /** After a live reload, which leaves the port open, the server does not know it any more. */
    private int port() {
        return server.getPort() > 0 ? server.getPort() : configuredPort;
    }
}
