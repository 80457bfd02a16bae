package io.pims.authentication.http;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import io.opentelemetry.api.trace.Span;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * The transaction id of each request: a UUIDv7 (RFC 9562, section 5.7), made once a request, also where the request
 * is refused, and in the logging context from the first line on.
 */
@ApplicationScoped
public class RequestIds {

    /** The key of the id in the logging context. */
    public static final String LOG_KEY = "transactionId";

    /** {@link UUID#fromString} takes more, such as {@code 1-1-1-1-1}. */
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

    private static final int BEFORE_ANYTHING_CAN_FAIL = 10_000;

    private final TimeBasedEpochRandomGenerator generator = Generators.timeBasedEpochRandomGenerator();

    /** Returns the id of the request that the context belongs to. */
    public UUID of(RoutingContext context) {
        UUID known = context.get(LOG_KEY);
        if (known != null) {
            return known;
        }
        UUID made = generate();
        context.put(LOG_KEY, made);
        return made;
    }

    /** Returns a new UUIDv7, for a row that a request writes beside its own. */
    public UUID generate() {
        return generator.generate();
    }

    /** Reads an id in the form of RFC 9562, section 4; empty if the text is none. */
    public static Optional<UUID> read(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    void logEveryRequest(@Observes Filters filters) {
        filters.register(
                context -> {
                    MDC.put(LOG_KEY, of(context));
                    Span.current()
                            .setAttribute("pims.transaction.id", of(context).toString());
                    context.next();
                },
                BEFORE_ANYTHING_CAN_FAIL);
    }
}
