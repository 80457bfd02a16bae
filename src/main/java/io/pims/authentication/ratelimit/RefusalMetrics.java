package io.pims.authentication.ratelimit;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Counts refusals by the limit that they name, such as {@code user-3600s}: as many series as limits are configured. What
 * a budget refuses names none, and is counted there.
 */
@ApplicationScoped
class RefusalMetrics {

    private static final int TOO_MANY = 429;
    private static final Pattern NAME = Pattern.compile("\"([A-Za-z0-9-]{1,64})\";.*");

    private final MeterRegistry registry;

    RefusalMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @ServerResponseFilter
    public void count(ContainerResponseContext response) {
        if (response.getStatus() != TOO_MANY) {
            return;
        }
        Matcher policy = NAME.matcher(String.valueOf(response.getHeaders().getFirst("RateLimit-Policy")));
        if (policy.matches()) {
            registry.counter("pims.ratelimit.refusals", "limit", policy.group(1))
                    .increment();
        }
    }
}
