package io.pims.authentication.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Keeps what a client makes up for a method out of the labels: each word would be a series for ever. */
@Singleton
class KnownMethods implements MeterFilter {

    private static final String METHOD = "method";
    private static final Set<String> KNOWN =
            Set.of("GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "UNKNOWN");

    @Override
    public Meter.Id map(Meter.Id id) {
        String method = id.getTag(METHOD);
        boolean fits = method == null || !id.getName().startsWith("http.server.") || KNOWN.contains(method);
        return fits ? id : id.withTags(List.of(Tag.of(METHOD, "OTHER")));
    }
}
