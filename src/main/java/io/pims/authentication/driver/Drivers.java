package io.pims.authentication.driver;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells who sent a request. */
@ApplicationScoped
public class Drivers {

    private final SecurityIdentity identity;

    /** @param identity of the current request */
    public Drivers(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** Returns the driver who sent the current request, as {@link TokenIdentityProvider} read him from the token. */
    public Driver current() {
        return (Driver) identity.getPrincipal();
    }
}
