package io.pims.authentication.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Lets only requests begin a trace: each replica asks the database every second. Else it samples as another sampler.
 */
record RequestSampler(Sampler requests) implements Sampler {

    @Override
    public SamplingResult shouldSample(
            Context parent,
            String traceId,
            String name,
            SpanKind kind,
            Attributes attributes,
            List<LinkData> parentLinks) {
        boolean isRoot = !Span.fromContext(parent).getSpanContext().isValid();
        return isRoot && kind != SpanKind.SERVER
                ? SamplingResult.drop()
                : requests.shouldSample(parent, traceId, name, kind, attributes, parentLinks);
    }

    @Override
    public String getDescription() {
        return "RequestSampler{" + requests.getDescription() + "}";
    }
}
