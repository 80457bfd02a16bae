package io.pims.authentication.receipt;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.receipt.ReceiptMetrics.Result;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * The webhook for delivery receipts of Vonage's Messages API, there called message status. It is open beside that of
 * the SMS API, so that an account can be moved from one to the other without losing any.
 */
@Path("/v1/authentication/receipt/messages")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class MessagesReceiptResource {

    private final MessageStatusIntake statuses;
    private final ReceiptIntake intake;
    private final RequestIds requestIds;

    MessagesReceiptResource(MessageStatusIntake statuses, ReceiptIntake intake, RequestIds requestIds) {
        this.statuses = statuses;
        this.intake = intake;
        this.requestIds = requestIds;
    }

    /** Somebody tests the address. There is no receipt in the URL in this form. */
    @GET
    public Envelope probe(@Context RoutingContext context) {
        if (!ReceiptResource.isNothing(context.request().query())) {
            intake.step(Result.MALFORMED, () -> {
                throw ApiException.invalid("query");
            });
        }
        return Envelope.succeeded(requestIds.of(context));
    }

    /** Takes a receipt. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Envelope> inBody(byte[] body, @Context RoutingContext context) {
        List<String> authorization = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        return statuses.take(authorization, body, requestIds.of(context));
    }
}
