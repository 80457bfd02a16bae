package io.pims.authentication.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestHeader;

/**
 * An operator's backend, once {@code pims.notice.webhook.url} leads here: it keeps each event once, and shows the last
 * ones. It knows no secret, and checks no signature.
 */
@Path("/sandbox/backend")
@PermitAll
@IfBuildProfile(anyOf = {"dev", "test"})
public class BackendResource {

    static final int CAPACITY = 100;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, PostedEvent> events = new LinkedHashMap<>();

    /**
     * An event as it came.
     *
     * @param id of the header {@code webhook-id}
     * @param timestamp of the header {@code webhook-timestamp}
     * @param signature of the header {@code webhook-signature}
     */
    public record PostedEvent(String id, String timestamp, String signature, JsonNode body) {}

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Response take(
            @RestHeader("webhook-id") String id,
            @RestHeader("webhook-timestamp") String timestamp,
            @RestHeader("webhook-signature") String signature,
            String body) {
        if (id == null || timestamp == null || signature == null) {
            return BadRequest.because("a header of Standard Webhooks is missing");
        }
        try {
            keep(new PostedEvent(id, timestamp, signature, json.readTree(body)));
        } catch (JsonProcessingException e) {
            return BadRequest.because("the body is not JSON");
        }
        return Response.noContent().build();
    }

    private synchronized void keep(PostedEvent event) {
        events.putIfAbsent(event.id(), event);
        if (events.size() > CAPACITY) {
            events.remove(events.keySet().iterator().next());
        }
    }

    /** Returns the last hundred, newest last. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public synchronized List<PostedEvent> received() {
        return List.copyOf(events.values());
    }
}
