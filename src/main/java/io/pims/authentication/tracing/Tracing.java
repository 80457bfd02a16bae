package io.pims.authentication.tracing;

import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;
import jakarta.inject.Singleton;

/** Configures OpenTelemetry; not called while tracing is off. */
@Singleton
class Tracing implements AutoConfiguredOpenTelemetrySdkBuilderCustomizer {

    @Override
    public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addPropagatorCustomizer((propagator, config) -> new TraceParentPropagator(propagator));
        builder.addSamplerCustomizer((sampler, config) -> new RequestSampler(sampler));
        builder.addTracerProviderCustomizer((provider, config) -> provider.addSpanProcessor(new SafeAttributes()));
    }
}
