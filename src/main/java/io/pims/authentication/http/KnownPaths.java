package io.pims.authentication.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Keeps what a client puts into a path out of the labels: a driver's id, and whatever is made up. Quarkus names the template
 * of a request that reached its operation, and the path as it came of one that was refused before. Only so many values are
 * counted at all ({@code quarkus.micrometer.binder.http-server.max-uri-tags}), so a few made-up ones would take the place of
 * all operations.
 */
@Singleton
class KnownPaths implements MeterFilter {

    private static final String LABEL = "uri";

    private static final String NOT_FOUND = "NOT_FOUND";

    /** What Quarkus says in place of a path. */
    private static final Set<String> OF_QUARKUS = Set.of(NOT_FOUND, "REDIRECTION", "UNKNOWN", "root");

    @Override
    public Meter.Id map(Meter.Id id) {
        String path = id.getName().startsWith("http.server.") ? id.getTag(LABEL) : null;
        return path == null
                ? id
                : id.replaceTags(id.getTags().stream()
                        .map(tag -> tag.getKey().equals(LABEL) ? Tag.of(LABEL, known(path)) : tag)
                        .toList());
    }

    private static String known(String path) {
        return OF_QUARKUS.contains(path) ? path : ApiPaths.template(path).orElse(NOT_FOUND);
    }
}
