package io.pims.authentication.http;

import io.vertx.core.MultiMap;
import java.util.Set;

/** The parameters in the query of a request. */
public final class QueryParameters {

    private QueryParameters() {}

    /**
     * Refuses others than those that are known, and one that is empty or there twice.
     *
     * @throws ApiException 400 with 2102
     */
    public static void requireKnownOnce(MultiMap parameters, Set<String> known) {
        for (String name : parameters.names()) {
            if (!known.contains(name)) {
                throw ApiException.invalid("query");
            }
            if (parameters.getAll(name).size() > 1 || parameters.get(name).isEmpty()) {
                throw ApiException.invalid(name);
            }
        }
    }
}
