package io.pims.authentication.receipt;

import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.receipt.ReceiptMetrics.Result;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The webhook for delivery receipts of Vonage's SMS API. It takes those of the Messages API too: an account's webhooks
 * change their form with its setting
 * (<a href="https://developer.vonage.com/en/dashboard/control/api-settings">API Settings</a>), and not their address.
 */
@Path("/v1/authentication/receipt")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class ReceiptResource {

    private static final Pattern NOTHING = Pattern.compile("&*");

    private final Signature signature;
    private final ReceiptIntake intake;
    private final MessageStatusIntake statuses;
    private final RequestIds requestIds;

    ReceiptResource(
            ReceiptSecrets secrets,
            Clock clock,
            ReceiptIntake intake,
            MessageStatusIntake statuses,
            RequestIds requestIds) {
        this.signature = new Signature(secrets.all(), clock);
        this.intake = intake;
        this.statuses = statuses;
        this.requestIds = requestIds;
    }

    /** Takes a receipt in the URL. Without parameters it is none: somebody tests the address. */
    @GET
    public Uni<Envelope> inQuery(@Context RoutingContext context) {
        String query = context.request().query();
        return isNothing(query)
                ? Uni.createFrom().item(Envelope.succeeded(requestIds.of(context)))
                : take(() -> ReceiptParameters.ofQuery(query), requestIds.of(context));
    }

    /** Returns true for a query without any parameter. */
    static boolean isNothing(String query) {
        return query == null || NOTHING.matcher(query).matches();
    }

    /** Takes a receipt in the body, as a form or as JSON. JSON with a token is one of the Messages API. */
    @POST
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.APPLICATION_JSON})
    public Uni<Envelope> inBody(
            byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type, @Context RoutingContext context) {
        if (!type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            return take(() -> ReceiptParameters.ofForm(body), requestIds.of(context));
        }
        List<String> authorization = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        return WebhookToken.isIn(authorization)
                ? statuses.take(authorization, body, requestIds.of(context))
                : take(() -> ReceiptParameters.ofJson(body), requestIds.of(context));
    }

    private Uni<Envelope> take(Supplier<SortedMap<String, String>> read, UUID requestId) {
        SortedMap<String, String> parameters = intake.step(Result.MALFORMED, read);
        List<String> signers = intake.step(Result.UNAUTHENTIC, () -> signature.require(parameters));
        return intake.take(Receipt.of(parameters), signers, requestId);
    }
}
