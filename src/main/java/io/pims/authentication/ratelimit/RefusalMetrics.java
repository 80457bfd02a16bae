package io.pims.authentication.ratelimit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pims.authentication.http.ApiException;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Counts refusals by the limit that refuses, such as {@code user-3600s}: as many series as limits are configured. Refusals
 * by a budget name no limit, and are counted with the budgets.
 */
@Startup
@ApplicationScoped
class RefusalMetrics {

    /** The types of code and the attempts that have limits of their own, as the API names them. */
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
        register(AttemptLimits.PIN_UPDATE, config.pinUpdate(), "");
        register("verification", config.verification(), "");
        register("verifier", config.verifier(), "");
        register("support", config.support(), "");
        register("recovery", config.recovery(), "");
        register("unblock", AttemptLimits.UNBLOCK, "");
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
    public void count(Throwable failure) {
        if (failure instanceof ApiException refusal && refusal.limit() != null) {
            refusals(refusal.limit()).increment();
        }
    }
}
