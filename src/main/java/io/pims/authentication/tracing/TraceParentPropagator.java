package io.pims.authentication.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Collection;
import java.util.List;

/**
 * Propagates the {@code traceparent} alone. {@code tracestate} is free text of a client's, and would be told to whoever
 * keeps the traces, and to the provider.
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
        return all.extract(context, getter.get(carrier, TraceParent.HEADER), TraceParent.GETTER);
    }
}
