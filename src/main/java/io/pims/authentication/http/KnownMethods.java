package io.pims.authentication.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;

/** Keeps a method that a client makes up out of the labels: each such word would be a series for ever. */
@Singleton
class KnownMethods implements MeterFilter {

    private static final MeterFilter KNOWN_OR_OTHER = MeterFilter.replaceTagValues(
            "method", unknown -> "OTHER", "GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "UNKNOWN");

    /**
     * Leaves all but the HTTP server's meters: those of fault tolerance have a {@code method} too, the guard's name.
     */
    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith("http.server.") ? KNOWN_OR_OTHER.map(id) : id;
    }
}
