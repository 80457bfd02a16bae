package io.pims.authentication.http;

import java.util.Map;
import java.util.Optional;

/**
 * The methods that a path of the API has, for the header that a 405 must carry (RFC 9110, section 15.5.6): the framework
 * knows them and does not tell. {@code OperationsTest} holds this to the resources.
 */
final class AllowedMethods {

    private static final String ROOT = "/v1/authentication/";

    private static final Map<String, String> METHODS = Map.of(
            "smscode", "OPTIONS, POST, PUT",
            "smscode/*", "GET, HEAD, OPTIONS",
            "trustedphonenumber", "GET, HEAD, OPTIONS",
            "pincode", "OPTIONS, PUT",
            "pincode/verification", "OPTIONS, POST",
            "account", "GET, HEAD, OPTIONS",
            "events", "GET, HEAD, OPTIONS",
            "receipt", "GET, HEAD, OPTIONS, POST");

    private AllowedMethods() {}

    /** @return empty for a path that is not of the API */
    static Optional<String> of(String path) {
        if (!path.startsWith(ROOT)) {
            return Optional.empty();
        }
        String resource = path.substring(ROOT.length()).replaceFirst("/$", "");
        return Optional.ofNullable(METHODS.getOrDefault(resource, METHODS.get(resource.replaceFirst("/[^/]*$", "/*"))));
    }
}
