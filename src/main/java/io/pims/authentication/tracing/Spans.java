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
 * Makes spans for work beside a request. Each is part of a trace that a request began; without such a trace the span
 * records nothing.
 */
public final class Spans {

    /** The transaction of a span; all of them for a batch. */
    private static final String TRANSACTION = "pims.transaction.id";

    private static final AttributeKey<List<String>> TRANSACTIONS = AttributeKey.stringArrayKey(TRANSACTION);

    private Spans() {}

    /** Notes the transaction that a span is about. */
    public static void about(Span span, UUID transaction) {
        if (span.isRecording()) {
            span.setAttribute(TRANSACTION, transaction.toString());
        }
    }

    /** Notes the transactions that the current span is about; asks for them only if it is recorded. */
    public static void about(Supplier<Stream<UUID>> transactions) {
        if (Span.current().isRecording()) {
            Span.current()
                    .setAttribute(
                            TRANSACTIONS, transactions.get().map(UUID::toString).toList());
        }
    }

    /** Starts a span below the request that a text stands for; does not make it the current one. */
    public static Span below(Optional<String> traceParent, String name, SpanKind kind) {
        return traceParent
                .map(TraceParent::read)
                .filter(Spans::isTraced)
                .map(parent -> below(parent, name, kind))
                .orElse(Span.getInvalid());
    }

    /** Starts a span below another one. */
    public static Span below(Span parent, String name, SpanKind kind) {
        return parent.getSpanContext().isValid() ? below(Context.root().with(parent), name, kind) : parent;
    }

    /**
     * Starts a span of work that several requests share: in the trace of the first that has one, with links to the
     * others.
     *
     * @param requests their contexts
     */
    public static Span shared(List<Context> requests, String name) {
        List<Context> traced = requests.stream().filter(Spans::isTraced).toList();
        if (traced.isEmpty()) {
            return Span.getInvalid();
        }
        SpanBuilder builder = tracer().spanBuilder(name).setParent(traced.get(0));
        traced.stream()
                .skip(1)
                .map(request -> Span.fromContext(request).getSpanContext())
                .forEach(builder::addLink);
        return builder.startSpan();
    }

    /** Makes it the parent of all spans in the current Vert.x context, which no other work may share. */
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

    /** Looked up only for a traced request: before the first one OpenTelemetry may not be set up. */
    private static Tracer tracer() {
        return GlobalOpenTelemetry.getTracer("io.pims.authentication");
    }
}
