package io.pims.authentication.overview;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Serves the overview at the management port: JSON, or lines of text for clients that ask for text, as browsers do. */
@ApplicationScoped
class OverviewRoute {

    static final String PATH = "/q/overview";

    private final Overview overview;

    OverviewRoute(Overview overview) {
        this.overview = overview;
    }

    void register(@Observes ManagementInterface management) {
        management.router().get(PATH).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        boolean asText = accept != null && accept.contains("text/");
        JsonObject json = overview.json();
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, asText ? "text/plain; charset=utf-8" : "application/json")
                .end(asText ? text(json, "") : json.encodePrettily());
    }

    /** Returns one line for each value, named by its path. */
    private static String text(JsonObject json, String path) {
        StringBuilder lines = new StringBuilder();
        json.forEach(entry -> {
            if (entry.getValue() instanceof JsonObject below) {
                lines.append(text(below, path + entry.getKey() + "."));
            } else {
                lines.append("%-48s %s%n".formatted(path + entry.getKey(), entry.getValue()));
            }
        });
        return lines.toString();
    }
}
