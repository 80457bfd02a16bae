package io.pims.authentication.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Spans of what goes on beside a request. Each is part of a trace that a request began: where there is none, the span is
 * one that records nothing.
 */
public final class Spans {

    /** The transaction that a span is about; of a batch all of them. */
    private static final String TRANSACTION = "pims.transaction.id";

    private static final AttributeKey<List<String>> TRANSACTIONS = AttributeKey.stringArrayKey(TRANSACTION);

    private Spans() {}

    /** Notes the transaction that a span is about. */
    public static void about(Span span, UUID transaction) {
        if (span.isRecording()) {
            span.setAttribute(TRANSACTION, transaction.toString());
        }
    }

    /** Notes the transactions that the span at hand is about; asks for them only where it is recorded. */
    public static void about(Supplier<Stream<UUID>> transactions) {
        if (Span.current().isRecording()) {
            Span.current()
                    .setAttribute(
                            TRANSACTIONS, transactions.get().map(UUID::toString).toList());
        }
    }

    /** A span below what was kept of the request; not the current one yet. */
    public static Span below(Optional<String> traceParent, String name, SpanKind kind) {
        return traceParent
                .map(TraceParent::read)
                .filter(Spans::isTraced)
                .map(parent -> below(parent, name, kind))
                .orElse(Span.getInvalid());
    }

    /** A span below another one. */
    public static Span below(Span parent, String name, SpanKind kind) {
        return parent.getSpanContext().isValid() ? below(Context.root().with(parent), name, kind) : parent;
    }

    /**
     * A span of work that several share: in the trace of the first of them that has one, with links to the others'.
     *
     * @param askers the contexts of those who asked for it
     */
    public static Span shared(List<Context> askers, String name) {
        List<Context> traced = askers.stream().filter(Spans::isTraced).toList();
        if (traced.isEmpty()) {
            return Span.getInvalid();
        }
        SpanBuilder builder = tracer().spanBuilder(name).setParent(traced.get(0));
        traced.stream()
                .skip(1)
                .map(asker -> Span.fromContext(asker).getSpanContext())
                .forEach(builder::addLink);
        return builder.startSpan();
    }

    /** Makes it the parent of all that goes on in the Vert.x context at hand, which has to be one for this alone. */
    public static void enter(Span span) {
        if (span.getSpanContext().isValid()) {
            span.makeCurrent();
        }
    }

    private static Span below(Context parent, String name, SpanKind kind) {
        return tracer().spanBuilder(name).setParent(parent).setSpanKind(kind).startSpan();
    }

    private static boolean isTraced(Context context) {
        return Span.fromContext(context).getSpanContext().isValid();
    }

    /** Asked for when something is traced only: before that nobody may have set it up. */
    private static Tracer tracer() {
        return GlobalOpenTelemetry.getTracer("io.pims.authentication");
    }
}
