package io.pims.authentication.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What the body leaves out goes back to its default, as a PUT has it; the answer is what is in force now. With
 * {@code api} it is about that one alone.
 */
@Path("/sandbox/provider")
@PermitAll
@IfBuildProfile(anyOf = {"dev", "test"})
public class ProviderResource {

    private static final Set<String> FIELDS = Set.of("api", "behaviour", "latencyMs", "receipts");
    private static final String APIS =
            Arrays.stream(ProviderApi.values()).map(ProviderApi::word).collect(Collectors.joining(", "));
    private static final String BEHAVIOURS =
            Arrays.stream(Behaviour.values()).map(Behaviour::word).collect(Collectors.joining(", "));

    private final FakeVonage vonage;
    private final ObjectMapper json = new ObjectMapper();

    ProviderResource(FakeVonage vonage) {
        this.vonage = vonage;
    }

    // The body is read here and not by the framework, whose complaint would be the API's envelope.
    @PUT
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Response behave(String body) {
        JsonNode given;
        try {
            given = json.readTree(body);
        } catch (JsonProcessingException e) {
            return BadRequest.because("the body is not JSON");
        }
        if (!given.isObject()) {
            return BadRequest.because("the body is not a JSON object");
        }
        Optional<String> unknown = given.properties().stream()
                .map(field -> field.getKey())
                .filter(name -> !FIELDS.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            return BadRequest.because("a field is none of api, behaviour, latencyMs, receipts");
        }
        Optional<ProviderApi> api = ProviderApi.named(given.path("api").asText());
        if (given.has("api") && api.isEmpty()) {
            return BadRequest.because("api is one of " + APIS);
        }
        return behave(
                api.map(List::of).orElseGet(() -> List.of(ProviderApi.values())),
                given.path("behaviour"),
                given.path("latencyMs"),
                given.path("receipts"));
    }

    private Response behave(List<ProviderApi> apis, JsonNode behaviour, JsonNode latencyMs, JsonNode receipts) {
        Optional<Behaviour> wanted = behaviour.isMissingNode()
                ? Optional.of(ProviderSettings.NORMAL.behaviour())
                : Behaviour.named(behaviour.asText());
        if (wanted.isEmpty()) {
            return BadRequest.because("behaviour is one of " + BEHAVIOURS);
        }
        boolean inRange = latencyMs.isInt()
                && latencyMs.intValue() >= 0
                && latencyMs.intValue() <= ProviderSettings.MAX_LATENCY_MS;
        if (!latencyMs.isMissingNode() && !inRange) {
            return BadRequest.because("latencyMs is a whole number from 0 to " + ProviderSettings.MAX_LATENCY_MS);
        }
        if (!receipts.isMissingNode() && !receipts.isBoolean()) {
            return BadRequest.because("receipts is true or false");
        }
        ProviderSettings settings = new ProviderSettings(
                wanted.get(),
                latencyMs.asInt(ProviderSettings.NORMAL.latencyMs()),
                receipts.asBoolean(ProviderSettings.NORMAL.receipts()));
        apis.forEach(api -> vonage.behave(api, settings));
        return Response.ok(settings).build();
    }
}
