package io.pims.authentication.caller;

import io.pims.authentication.driver.Driver;
import java.util.Optional;
import java.util.UUID;

/**
 * A driver and the request that he sent.
 *
 * @param requestId the id of the request, which its answer carries
 * @param language that the driver reads, ISO 639-1
 * @param addressHash a keyed hash of the client's address, if that is known
 * @param traceParent the trace that the request belongs to (W3C traceparent); empty if it is not traced
 */
public record Caller(
        Driver driver, UUID requestId, String language, Optional<String> addressHash, Optional<String> traceParent) {

    /** Of a request that is not traced. */
    public Caller(Driver driver, UUID requestId, String language, Optional<String> addressHash) {
        this(driver, requestId, language, addressHash, Optional.empty());
    }

    public String user() {
        return driver.user();
    }
}
