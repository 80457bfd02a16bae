package io.pims.authentication.proxy;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Tells a client that came by TLS, to us or to a trusted proxy, to come by TLS alone. A setting of Quarkus would send
 * the header over plain HTTP too, which RFC 6797, section 7.2, forbids.
 */
@ApplicationScoped
class StrictTransportSecurity {

    private static final int BEFORE_ANY_ANSWER = 9_500;

    void register(@Observes Filters filters, ClientAddresses addresses) {
        filters.register(
                context -> {
                    if (context.request().isSSL() || addresses.isEncryptedToProxy(context.request())) {
                        context.response().putHeader("Strict-Transport-Security", "max-age=31536000");
                    }
                    context.next();
                },
                BEFORE_ANY_ANSWER);
    }
}
