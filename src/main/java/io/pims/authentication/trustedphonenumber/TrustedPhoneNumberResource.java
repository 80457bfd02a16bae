package io.pims.authentication.trustedphonenumber;

import io.pims.authentication.database.Database;
import io.pims.authentication.driver.Drivers;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.ErrorCode;
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

/** {@code pims.authentication.trustedphonenumber}: tells the driver the number on file. */
@Path("/v1/authentication/trustedphonenumber")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class TrustedPhoneNumberResource {

    private final Database database;
    private final TrustedPhoneNumbers numbers;
    private final Drivers drivers;
    private final RequestIds requestIds;

    TrustedPhoneNumberResource(Database database, TrustedPhoneNumbers numbers, Drivers drivers, RequestIds requestIds) {
        this.database = database;
        this.numbers = numbers;
        this.drivers = drivers;
        this.requestIds = requestIds;
    }

    /** @param phoneNumber E.164 */
    @RegisterForReflection
    public record OnFile(String phoneNumber) {

        @Override
        public String toString() {
            return "OnFile[]";
        }
    }

    @GET
    public Uni<Envelope> number(@Context RoutingContext context) {
        String user = drivers.current().user();
        return database.withSession(() -> numbers.of(user))
                .map(number -> number.map(found -> Envelope.succeeded(requestIds.of(context), new OnFile(found.e164())))
                        .orElseThrow(() -> ApiException.refusal(ErrorCode.NO_PHONE_NUMBER)));
    }
}
