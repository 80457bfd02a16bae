package io.pims.authentication.sandbox;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/sandbox/messages")
@PermitAll
@IfBuildProfile(anyOf = {"dev", "test"})
public class MessagesResource {

    private final FakeVonage vonage;

    MessagesResource(FakeVonage vonage) {
        this.vonage = vonage;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public List<ReceivedMessage> received(@RestQuery Optional<String> to) {
        return to.map(vonage::messagesTo).orElseGet(vonage::messages);
    }

    @DELETE
    @Operation(hidden = true)
    public void clear() {
        vonage.clear();
    }
}
