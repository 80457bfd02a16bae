package io.pims.authentication.receipt;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.receipt.ReceiptMetrics.Result;
import io.pims.authentication.tracing.Spans;
import io.pims.authentication.transaction.DeliveryState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Records a receipt, in whichever form it came. Every signed one is answered 2xx, even a useless one: sent again it
 * would be no better. After 429 and 5xx Vonage sends it again for a day, and after no other answer
 * (<a href="https://api.support.vonage.com/hc/en-us/articles/360028543292">How long does Vonage retry</a>). So one that
 * is refused is lost, and one that comes while the database is away is not.
 */
@ApplicationScoped
class ReceiptIntake {

    private static final Logger LOG = Logger.getLogger(ReceiptIntake.class);

    private final DeliveryWriter writer;
    private final ReceiptMetrics metrics;

    ReceiptIntake(DeliveryWriter writer, ReceiptMetrics metrics) {
        this.writer = writer;
        this.metrics = metrics;
    }

    /**
     * Returns what the step returns.
     *
     * @param refused counted if the step refuses the request
     */
    <T> T step(Result refused, Supplier<T> step) {
        try {
            return step.get();
        } catch (ApiException refusal) {
            metrics.countRefusal(refused);
            throw refusal;
        }
    }

    /**
     * Returns the answer.
     *
     * @param authentic checked before
     * @param signers roads whose secret signed it; there is one at least
     */
    Uni<Envelope> take(Receipt authentic, List<String> signers, UUID requestId) {
        return apply(authentic, signers).replaceWith(Envelope.succeeded(requestId));
    }

    private Uni<Void> apply(Receipt receipt, List<String> signers) {
        if (receipt.transaction().isEmpty()) {
            return useless(Result.UNKNOWN_TRANSACTION, signers);
        }
        if (receipt.state().isEmpty()) {
            return useless(Result.UNKNOWN_STATUS, signers);
        }
        UUID transaction = receipt.transaction().get();
        // From here on log lines are about the SMS, and not about Vonage's request.
        MDC.put(RequestIds.LOG_KEY, transaction);
        DeliveryState state = receipt.state().get();
        return writer.record(transaction, state)
                .invoke(recorded -> trace(recorded.traceParent(), transaction, state))
                .invoke(recorded -> {
                    String road = recorded.roadAmong(signers);
                    metrics.count(recorded.result(), road);
                    if (recorded.result() == Result.CHANGED) {
                        LOG.infof("SMS of transaction %s: %s", transaction, state.header());
                        metrics.countDelivery(state, receipt.country(), road);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> useless(Result result, List<String> signers) {
        metrics.count(result, signers.get(0));
        return Uni.createFrom().voidItem();
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
