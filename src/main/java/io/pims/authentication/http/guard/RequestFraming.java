package io.pims.authentication.http.guard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Optional;

/**
 * Where a request ends, as far as the HTTP server leaves that open: it takes an encoding that it does not know for none,
 * and the first of two hosts. A proxy before it may see that differently, and what one of the two takes for a body the
 * other takes for a request (RFC 9112, sections 6.1 and 11.2).
 */
final class RequestFraming {

    private static final String CHUNKED = "chunked";

    private RequestFraming() {}

    /** The header that makes it ambiguous; empty if none does. */
    static Optional<String> fault(HttpServerRequest request) {
        List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (encodings.size() > 1 || encodings.size() == 1 && !CHUNKED.equalsIgnoreCase(encodings.get(0))) {
            return Optional.of("Transfer-Encoding");
        }
        boolean manyHosts = request.version() != HttpVersion.HTTP_2
                && request.headers().getAll(HttpHeaders.HOST).size() > 1;
        return manyHosts ? Optional.of("Host") : Optional.empty();
    }
}
