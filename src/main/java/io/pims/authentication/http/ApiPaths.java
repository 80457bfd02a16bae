package io.pims.authentication.http;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The paths of the API and the methods of each, in one place. {@code OperationsTest} holds this to the resources. */
public final class ApiPaths {

    public static final String ROOT = "/v1/authentication/";

    private static final Map<String, String> METHODS = Map.of(
            "smscode", "OPTIONS, POST, PUT",
            "smscode/*", "GET, HEAD, OPTIONS",
            "trustedphonenumber", "GET, HEAD, OPTIONS",
            "pincode", "OPTIONS, PUT",
            "pincode/verification", "OPTIONS, POST",
            "account", "GET, HEAD, OPTIONS",
            "events", "GET, HEAD, OPTIONS",
            "receipt", "GET, HEAD, OPTIONS, POST",
            "receipt/messages", "GET, HEAD, OPTIONS, POST");

    /** The first segments below the root. */
    static final Set<String> OPERATIONS =
            METHODS.keySet().stream().map(path -> path.split("/")[0]).collect(toUnmodifiableSet());

    private ApiPaths() {}

    /** Returns the {@code Allow} of a 405 (RFC 9110, section 15.5.6); empty for a path that is not of the API. */
    static Optional<String> methods(String path) {
        return below(path)
                .map(resource -> resource.replaceFirst("/$", ""))
                .map(resource -> METHODS.getOrDefault(resource, METHODS.get(resource.replaceFirst("/[^/]*$", "/*"))));
    }

    /** Returns the path's third segment; empty for a path that is not of the API. */
    static Optional<String> operation(String path) {
        return below(path).map(resource -> resource.split("/", 2)[0]).filter(OPERATIONS::contains);
    }

    private static Optional<String> below(String path) {
        return Optional.ofNullable(path).filter(any -> any.startsWith(ROOT)).map(any -> any.substring(ROOT.length()));
    }
}
