package io.pims.authentication.http.guard;

import io.pims.authentication.input.ListHeader;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Makes one list of what a client accepts: the framework looks at the first line alone, and takes an empty element at
 * the beginning for a format that we do not have.
 */
@ApplicationScoped
class AcceptHeader {

    private static final int AFTER_REFUSALS = 8_000;

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    join(context.request().headers());
                    context.next();
                },
                AFTER_REFUSALS);
    }

    static void join(MultiMap headers) {
        List<String> lines = headers.getAll(HttpHeaders.ACCEPT);
        if (lines.isEmpty() || lines.size() == 1 && isPlain(lines.get(0))) {
            return;
        }
        List<String> formats = ListHeader.elements(lines);
        if (formats.isEmpty()) {
            headers.remove(HttpHeaders.ACCEPT);
        } else {
            headers.set(HttpHeaders.ACCEPT, String.join(", ", formats));
        }
    }

    /** True for nearly all clients. */
    private static boolean isPlain(String line) {
        String list = line.strip();
        return !list.isEmpty() && list.charAt(0) != ',';
    }
}
