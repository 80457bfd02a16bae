package io.pims.authentication.support;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pims.authentication.database.Database;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.ratelimit.AttemptLimits;
import io.pims.authentication.securityevent.SecurityEvents;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs what the help desk asks for: within the limits of the person, in one SQL transaction, and recorded in it. The limit
 * counts also what is refused. So a call over it is not recorded, and nobody fills the record.
 */
@Startup
@ApplicationScoped
class SupportDesk {

    private final Database database;
    private final AttemptLimits limits;
    private final SecurityEvents events;
    private final MeterRegistry registry;

    SupportDesk(Database database, AttemptLimits limits, SecurityEvents events, MeterRegistry registry) {
        this.database = database;
        this.limits = limits;
        this.events = events;
        this.registry = registry;
        // A series that appears with its first event hides it from increase().
        Stream.of(SupportEvent.values()).forEach(this::calls);
    }

    /** Something that was done. */
    record Deed<T>(SupportEvent what, T result) {}

    /** Runs a call that needs to know nothing before its SQL transaction. */
    <T> Uni<T> run(SupportCall call, SupportEvent what, Supplier<Uni<Deed<T>>> work) {
        return run(call, what, () -> Uni.createFrom().voidItem(), nothing -> work.get());
    }

    /**
     * Runs a call.
     *
     * @param what the event of a refusal
     * @param look before the SQL transaction, once the call is within its limit
     * @param work within the SQL transaction; what it fails with undoes all of it
     * @return fails with 403 and 2102 for the own account, with 429 over the limit
     */
    <S, T> Uni<T> run(SupportCall call, SupportEvent what, Supplier<Uni<S>> look, Function<S, Uni<Deed<T>>> work) {
        return database.withTransaction(() -> limits.countSupport(call.by()))
                .chain(() -> look.get())
                .flatMap(seen -> database.withTransaction(() -> requireAnother(call)
                                .chain(() -> work.apply(seen))
                                .call(deed ->
                                        events.append(call.event(deed.what().text(), Optional.empty()))))
                        .invoke(deed -> calls(deed.what()).increment())
                        .map(Deed::result)
                        .onFailure(SupportDesk::isRefusal)
                        .call(refusal -> record(call, what, (ApiException) refusal)));
    }

    private static Uni<Void> requireAnother(SupportCall call) {
        return call.isAboutOneself()
                ? Uni.createFrom().failure(ApiException.invalid("user", 403))
                : Uni.createFrom().voidItem();
    }

    /** Else it is the database that failed, and would again. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ApiException refused && refused.code() != ErrorCode.SERVER_ERROR;
    }

    private Counter calls(SupportEvent what) {
        return registry.counter("pims.support.calls", "what", what.text());
    }

    private Uni<Void> record(SupportCall call, SupportEvent what, ApiException refusal) {
        return database.withTransaction(() -> events.append(call.event(what.text(), Optional.of(refusal.code()))));
    }
}
