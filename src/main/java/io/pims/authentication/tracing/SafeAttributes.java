package io.pims.authentication.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.Set;

/**
 * Blanks all attributes that an instrumentation sets, unless they are known to hold nothing personal. A path or a query
 * may have a number in it, an address is a person's, and a client's name for itself is free text.
 */
final class SafeAttributes implements SpanProcessor {

    static final String BLANK = "-";

    /** Attributes of a span at its start. Those set later are our own, the route as a template, or a status. */
    private static final Set<String> SAFE = Set.of(
            "db.namespace",
            "db.operation",
            "db.operation.name",
            "db.query.text",
            "db.statement",
            "db.system",
            "db.system.name",
            "http.request.method",
            "http.route",
            "network.protocol.version",
            "server.address",
            "server.port",
            "url.scheme");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        span.getAttributes().forEach((key, value) -> {
            if (key.getType() == AttributeType.STRING && !SAFE.contains(key.getKey())) {
                span.setAttribute(AttributeKey.stringKey(key.getKey()), BLANK);
            }
        });
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
