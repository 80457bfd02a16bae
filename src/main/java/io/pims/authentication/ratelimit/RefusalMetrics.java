package io.pims.authentication.ratelimit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Counts refusals by the limit that they name, such as {@code user-3600s}: as many series as limits are configured. What
 * a budget refuses names none, and is counted there.
 */
@Startup
@ApplicationScoped
class RefusalMetrics {

    private static final int TOO_MANY = 429;
    private static final Pattern NAME = Pattern.compile("\"([A-Za-z0-9-]{1,64})\";.*");

    /** As the API names them, for the limits of each type and of each attempt. */
    private static final List<String> TYPES = List.of("resetPIN", "phoneNumberCertification");

    private static final List<String> ACTIONS = List.of("reset", "update", "addPhoneNumber", "modifyPhoneNumber");

    private final MeterRegistry registry;

    /** @param config whose limits each have a series from the start on, so that no first refusal is missed */
    RefusalMetrics(MeterRegistry registry, RateLimitConfig config) {
        this.registry = registry;
        register("user", config.user(), "");
        register("number", config.number(), "");
        register("certification", config.number(), "");
        register("address", config.addressEnabled() ? config.address() : Optional.empty(), "");
        register("service", config.service(), "");
        register("verification", config.verification(), "");
        register("verifier", config.verifier(), "");
        TYPES.forEach(type -> register("user-type", config.userAndType(), "-" + type));
        ACTIONS.forEach(action -> register("attempt", config.attempt(), "-" + action));
    }

    private void register(String name, Optional<List<Limit>> limits, String suffix) {
        limits.orElse(List.of()).forEach(limit -> refusals(limit.policy(name) + suffix));
    }

    private Counter refusals(String limit) {
        return registry.counter("pims.ratelimit.refusals", "limit", limit);
    }

    @ServerResponseFilter
    public void count(ContainerResponseContext response) {
        if (response.getStatus() != TOO_MANY) {
            return;
        }
        Matcher policy = NAME.matcher(String.valueOf(response.getHeaders().getFirst("RateLimit-Policy")));
        if (policy.matches()) {
            refusals(policy.group(1)).increment();
        }
    }
}
