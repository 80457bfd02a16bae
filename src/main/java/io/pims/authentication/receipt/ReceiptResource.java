package io.pims.authentication.receipt;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.receipt.DeliveryWriter.Recorded;
import io.pims.authentication.receipt.ReceiptMetrics.Result;
import io.pims.authentication.tracing.Spans;
import io.pims.authentication.transaction.DeliveryState;
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
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The webhook for Vonage's delivery receipts. Every signed receipt is answered 2xx, even a useless one: else Vonage would
 * send it again for a day.
 */
@Path("/v1/authentication/receipt")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class ReceiptResource {

    private static final Logger LOG = Logger.getLogger(ReceiptResource.class);

    private static final Pattern NOTHING = Pattern.compile("&*");

    private final Signature signature;
    private final DeliveryWriter writer;
    private final ReceiptMetrics metrics;
    private final RequestIds requestIds;

    ReceiptResource(
            ReceiptConfig config, Clock clock, DeliveryWriter writer, ReceiptMetrics metrics, RequestIds requestIds) {
        this.signature = new Signature(config, clock);
        this.writer = writer;
        this.metrics = metrics;
        this.requestIds = requestIds;
        if (config.secret().isEmpty()) {
            LOG.info("Delivery receipts are refused: pims.receipt.secret is not set");
        }
    }

    /** Takes a receipt in the URL. Without parameters it is none: somebody tests the address. */
    @GET
    public Uni<Envelope> inQuery(@Context RoutingContext context) {
        String query = context.request().query();
        return query == null || NOTHING.matcher(query).matches()
                ? Uni.createFrom().item(Envelope.succeeded(requestIds.of(context)))
                : take(() -> ReceiptParameters.ofQuery(query), requestIds.of(context));
    }

    /** Takes a receipt in the body, as a form or as JSON. */
    @POST
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.APPLICATION_JSON})
    public Uni<Envelope> inBody(
            byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type, @Context RoutingContext context) {
        return take(
                () -> type.isCompatible(MediaType.APPLICATION_JSON_TYPE)
                        ? ReceiptParameters.ofJson(body)
                        : ReceiptParameters.ofForm(body),
                requestIds.of(context));
    }

    private Uni<Envelope> take(Supplier<SortedMap<String, String>> parameters, UUID requestId) {
        Receipt receipt = Receipt.of(authentic(parameters));
        return apply(receipt).invoke(metrics::count).replaceWith(Envelope.succeeded(requestId));
    }

    private SortedMap<String, String> authentic(Supplier<SortedMap<String, String>> read) {
        Result otherwise = Result.MALFORMED;
        try {
            SortedMap<String, String> parameters = read.get();
            otherwise = Result.UNAUTHENTIC;
            signature.require(parameters);
            return parameters;
        } catch (ApiException refusal) {
            metrics.count(otherwise);
            throw refusal;
        }
    }

    private Uni<Result> apply(Receipt receipt) {
        if (receipt.transaction().isEmpty()) {
            return Uni.createFrom().item(Result.UNKNOWN_TRANSACTION);
        }
        if (receipt.state().isEmpty()) {
            return Uni.createFrom().item(Result.UNKNOWN_STATUS);
        }
        UUID transaction = receipt.transaction().get();
        // From here on log lines are about the SMS, and not about Vonage's request.
        MDC.put(RequestIds.LOG_KEY, transaction);
        DeliveryState state = receipt.state().get();
        return writer.record(transaction, state)
                .invoke(recorded -> trace(recorded.traceParent(), transaction, state))
                .map(Recorded::result)
                .invoke(result -> {
                    if (result == Result.CHANGED) {
                        LOG.infof("SMS of transaction %s: %s", transaction, state.header());
                        metrics.countDelivery(state, receipt.country());
                    }
                });
    }

    /** Adds a span to the trace of the transaction: the request itself comes from Vonage, outside of any trace. */
    private static void trace(Optional<String> traceParent, UUID transaction, DeliveryState state) {
        Span span = Spans.below(traceParent, "sms receipt", SpanKind.CONSUMER);
        Spans.about(span, transaction);
        span.setAttribute("sms.delivery_status", state.status().word())
                .setAttribute("sms.delivery_error", state.errorCode())
                .addLink(Span.current().getSpanContext())
                .end();
    }
}
