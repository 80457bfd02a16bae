package io.pims.authentication.sandbox;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The service's own policy is for answers that are no pages; the sandbox has two kinds of pages. */
@Singleton
final class PagePolicy {

    private static final int AFTER_THE_SERVICES_OWN = 8_000;
    private static final String HEADER = "Content-Security-Policy";

    /** As in the page itself, and what a page can't say of itself. */
    private static final String PAGE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    String path = context.normalizedPath();
                    HttpServerResponse response = context.response();
                    if (path.startsWith("/q/")) {
                        // Swagger UI has its scripts and styles in the page.
                        response.headers().remove(HEADER);
                    } else if (!path.startsWith("/v1/")) {
                        response.putHeader(HEADER, PAGE);
                    }
                    context.next();
                },
                AFTER_THE_SERVICES_OWN);
    }
}
