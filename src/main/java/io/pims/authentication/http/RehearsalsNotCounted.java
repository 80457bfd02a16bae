package io.pims.authentication.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import jakarta.inject.Singleton;

/** Keeps requests that this replica sends to itself out of {@code http_server_requests}: by a label that is denied. */
@Singleton
class RehearsalsNotCounted implements HttpServerMetricsTagsContributor, MeterFilter {

    private static final String LABEL = "rehearsal";
    private static final Tags DENIED = Tags.of(LABEL, "true");

    private final RehearsalToken rehearsalToken;

    RehearsalsNotCounted(RehearsalToken rehearsalToken) {
        this.rehearsalToken = rehearsalToken;
    }

    @Override
    public Tags contribute(Context context) {
        return rehearsalToken.isOn(context.request()) ? DENIED : Tags.empty();
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return id.getTag(LABEL) == null ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }
}
