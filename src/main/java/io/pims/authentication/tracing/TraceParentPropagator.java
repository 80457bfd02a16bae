package io.pims.authentication.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Collection;
import java.util.List;

/**
 * Reads of a request which trace it is part of, and nothing else: {@code tracestate} is free text of a client's, and would
 * be told to whoever keeps the traces, and to whom we ask.
 */
record TraceParentPropagator(TextMapPropagator all) implements TextMapPropagator {

    @Override
    public Collection<String> fields() {
        return List.of(TraceParent.HEADER);
    }

    @Override
    public <C> void inject(Context context, C carrier, TextMapSetter<C> setter) {
        all.inject(context, carrier, (to, name, value) -> {
            if (TraceParent.HEADER.equals(name)) {
                setter.set(to, name, value);
            }
        });
    }

    @Override
    public <C> Context extract(Context context, C carrier, TextMapGetter<C> getter) {
        return all.extract(context, carrier, new TextMapGetter<C>() {
            @Override
            public Iterable<String> keys(C from) {
                return fields();
            }

            @Override
            public String get(C from, String name) {
                return TraceParent.HEADER.equals(name) ? getter.get(from, name) : null;
            }
        });
    }
}
