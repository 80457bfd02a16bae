package io.pims.authentication.pincode;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pims.authentication.database.Database;
import io.pims.authentication.driver.Drivers;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.RequestIds;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** {@code pims.authentication.account}: tells if too many wrong PINs have blocked the driver's account. */
@Path("/v1/authentication/account")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class AccountResource {

    private final Database database;
    private final PinCodes pins;
    private final Drivers drivers;
    private final RequestIds requestIds;

    AccountResource(Database database, PinCodes pins, Drivers drivers, RequestIds requestIds) {
        this.database = database;
        this.pins = pins;
        this.drivers = drivers;
        this.requestIds = requestIds;
    }

    @RegisterForReflection
    public record Account(@JsonProperty("isAccountBlocked") boolean isAccountBlocked) {}

    @GET
    public Uni<Envelope> account(@Context RoutingContext context) {
        String user = drivers.current().user();
        return database.withSession(() -> pins.isBlocked(user))
                .map(blocked -> Envelope.succeeded(requestIds.of(context), new Account(blocked)));
    }
}
