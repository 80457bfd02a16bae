package io.pims.authentication.securityevent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pims.authentication.database.Database;
import io.pims.authentication.driver.Driver;
import io.pims.authentication.driver.Roles;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.QueryParameters;
import io.pims.authentication.http.RequestIds;
import io.quarkus.hibernate.reactive.panache.common.ProjectedFieldName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestQuery;

/** Lets an auditor read what happened to a user, page by page. */
@Path("/v1/authentication/events")
@Produces(MediaType.APPLICATION_JSON)
public class SecurityEventResource {

    private static final int LARGEST_PAGE = 200;
    private static final Set<String> PARAMETERS = Set.of("user", "before", "limit");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    private final Database database;
    private final SecurityEvents events;
    private final RequestIds requestIds;

    SecurityEventResource(Database database, SecurityEvents events, RequestIds requestIds) {
        this.database = database;
        this.events = events;
        this.requestIds = requestIds;
    }

    /**
     * A page of events, newest first.
     *
     * @param next the value of {@code before} for the next page; null on the last one
     */
    @RegisterForReflection
    public record Events(List<Event> events, UUID next) {}

    /**
     * An event as the auditor sees it.
     *
     * @param code the error code of a refusal; absent if the operation was done
     * @param times the number of such refusals within a clock hour of UTC; 1 if the operation was done
     * @param transactionId of the first
     * @param addressHash of the first
     * @param actor the {@code sub} of the one of the staff who asked; absent if nobody of the staff did
     * @param at the time of the first
     * @param lastAt the time of the last refusal; absent if the operation was done
     * @param reason that the help desk gave; absent for others
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Event(
            UUID id,
            String what,
            @ProjectedFieldName("errorCode") Integer code,
            int times,
            UUID transactionId,
            String addressHash,
            String actor,
            Instant at,
            Instant lastAt,
            String reason) {}

    /**
     * Reads one page.
     *
     * @param before the id of the last event of the page before
     * @param limit 1 to 200
     */
    @GET
    @RolesAllowed(Roles.AUDITOR)
    public Uni<Envelope> events(
            @RestQuery String user,
            @RestQuery String before,
            @RestQuery @DefaultValue("50") String limit,
            @Context RoutingContext context) {
        // The framework does not tell an empty parameter from a missing one.
        QueryParameters.requireKnownOnce(context.queryParams(), PARAMETERS);
        ApiException.requirePresent("user", user);
        if (!Driver.isUser(user)) {
            throw ApiException.invalid("user");
        }
        Optional<UUID> last = Optional.ofNullable(before)
                .map(text -> RequestIds.read(text).orElseThrow(() -> ApiException.invalid("before")));
        int size = size(limit);
        return database.withSession(() -> events.page(user, last, size + 1))
                .map(found -> Envelope.succeeded(requestIds.of(context), page(found, size)));
    }

    private static int size(String limit) {
        int size = NUMBER.matcher(limit).matches() ? Integer.parseInt(limit) : 0;
        if (size < 1 || size > LARGEST_PAGE) {
            throw ApiException.invalid("limit");
        }
        return size;
    }

    private static Events page(List<Event> found, int size) {
        List<Event> page = found.stream().limit(size).toList();
        return new Events(page, found.size() > size ? page.get(size - 1).id() : null);
    }
}
