package io.pims.authentication.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trace as text that can be stored: the header {@code traceparent} of
 * <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>, 55 characters. While tracing is off there is
 * none, and nothing is spent on it.
 */
public final class TraceParent {

    static final String HEADER = "traceparent";

    /** Reads the header's text as the one header of a request. */
    static final TextMapGetter<String> GETTER = new TextMapGetter<>() {

        @Override
        public Iterable<String> keys(String traceParent) {
            return List.of(HEADER);
        }

        @Override
        public String get(String traceParent, String key) {
            return HEADER.equals(key) ? traceParent : null;
        }
    };

    private TraceParent() {}

    /** Returns that of the current span; empty if there is none. */
    public static Optional<String> current() {
        if (!Span.current().getSpanContext().isValid()) {
            return Optional.empty();
        }
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), headers, Map::put);
        return Optional.ofNullable(headers.get(HEADER));
    }

    /** Returns the context that a text stands for; the root if the text is malformed. */
    static Context read(String traceParent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceParent, GETTER);
    }
}
