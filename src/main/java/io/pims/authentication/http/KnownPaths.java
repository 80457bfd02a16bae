package io.pims.authentication.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;

/**
 * Keeps what a client puts into a path of the API out of the labels: a driver's id, and whatever is made up. Quarkus names
 * the template of a request that reached its operation, and the path as it came of one that was refused before.
 */
@Singleton
class KnownPaths implements MeterFilter {

    private static final String LABEL = "uri";

    @Override
    public Meter.Id map(Meter.Id id) {
        String path = id.getName().startsWith("http.server.") ? id.getTag(LABEL) : null;
        return path == null || !mayBeOurs(path)
                ? id
                : id.replaceTags(id.getTags().stream()
                        .map(tag -> tag.getKey().equals(LABEL) ? Tag.of(LABEL, known(path)) : tag)
                        .toList());
    }

    /** Also in another spelling: {@code %61} is an a, and {@code /.} is nothing. */
    private static boolean mayBeOurs(String path) {
        return path.startsWith(ApiPaths.ROOT) || path.contains("%") || path.contains("/.");
    }

    private static String known(String path) {
        return ApiPaths.template(path).orElse("NOT_FOUND");
    }
}
