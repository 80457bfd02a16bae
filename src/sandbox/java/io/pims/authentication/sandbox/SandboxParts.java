package io.pims.authentication.sandbox;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Hands out what the configuration already points the service at. */
@Startup
@Singleton
@IfBuildProfile(anyOf = {"dev", "test"})
final class SandboxParts {

    private final Sandbox sandbox;

    SandboxParts(@ConfigProperty(name = SandboxConfigSourceFactory.FOLDER) Path folder) {
        this.sandbox = Sandbox.in(folder);
    }

    @Produces
    @Singleton
    FakeVonage vonage() {
        return sandbox.vonage();
    }

    @Produces
    @Singleton
    FakeOperator operator() {
        return sandbox.operator();
    }

    @Produces
    @Singleton
    ThrowawayIssuer issuer() {
        return sandbox.issuer();
    }

    @Produces
    @Singleton
    SandboxDatabase database() {
        return sandbox.database();
    }

    /** A live reload loads the classes anew, and the old provider would never be found again. */
    @PreDestroy
    void close() {
        sandbox.close();
    }
}
