package io.pims.authentication.http;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The paths of the API and the methods of each, in one place. {@code OperationsTest} holds this to the resources. */
public final class ApiPaths {

    public static final String ROOT = "/v1/authentication/";

    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("smscode", "OPTIONS, POST, PUT"),
            Map.entry("smscode/{transactionId}", "GET, HEAD, OPTIONS"),
            Map.entry("trustedphonenumber", "GET, HEAD, OPTIONS"),
            Map.entry("pincode", "OPTIONS, PUT"),
            Map.entry("pincode/verification", "OPTIONS, POST"),
            Map.entry("account", "GET, HEAD, OPTIONS"),
            Map.entry("events", "GET, HEAD, OPTIONS"),
            Map.entry("drivers/{user}", "GET, HEAD, OPTIONS"),
            Map.entry("drivers/{user}/recovery", "DELETE, OPTIONS, POST"),
            Map.entry("drivers/{user}/unblock", "OPTIONS, POST"),
            Map.entry("drivers/{user}/data", "DELETE, GET, HEAD, OPTIONS"),
            Map.entry("receipt", "GET, HEAD, OPTIONS, POST"),
            Map.entry("receipt/messages", "GET, HEAD, OPTIONS, POST"));

    private static final Map<String, Pattern> WITH_NAMES = METHODS.keySet().stream()
            .filter(path -> path.contains("{"))
            .collect(toUnmodifiableMap(path -> path, path -> Pattern.compile(path.replaceAll("\\{\\w+}", "[^/]+"))));

    /** The first segments below the root. */
    static final Set<String> OPERATIONS =
            METHODS.keySet().stream().map(path -> path.split("/")[0]).collect(toUnmodifiableSet());

    private ApiPaths() {}

    /** Returns the {@code Allow} of a 405 (RFC 9110, section 15.5.6); empty for a path that is not of the API. */
    static Optional<String> methods(String path) {
        return below(path).flatMap(ApiPaths::known).map(METHODS::get);
    }

    /** Returns the path with names in the place of what a client puts in it; empty for a path that is not of the API. */
    static Optional<String> template(String path) {
        return below(path).flatMap(ApiPaths::known).map(ROOT::concat);
    }

    private static Optional<String> known(String resource) {
        String plain = resource.replaceFirst("/$", "");
        return METHODS.containsKey(plain)
                ? Optional.of(plain)
                : WITH_NAMES.entrySet().stream()
                        .filter(known -> known.getValue().matcher(plain).matches())
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    /** Returns the path's third segment; empty for a path that is not of the API. */
    static Optional<String> operation(String path) {
        return below(path).map(resource -> resource.split("/", 2)[0]).filter(OPERATIONS::contains);
    }

    private static Optional<String> below(String path) {
        return Optional.ofNullable(path).filter(any -> any.startsWith(ROOT)).map(any -> any.substring(ROOT.length()));
    }
}
