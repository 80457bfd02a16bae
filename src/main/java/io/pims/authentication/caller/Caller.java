package io.pims.authentication.caller;

import io.pims.authentication.driver.Driver;
import java.util.Optional;
import java.util.UUID;

/**
 * A driver and the request that he sent.
 *
 * @param requestId the id in the answer, and of the transaction
 * @param language the one of ours that the driver reads, ISO 639-1
 * @param addressHash a keyed hash of the client's address; empty if that is unknown
 * @param traceParent the W3C traceparent of the request; empty if it is not traced
 */
public record Caller(
        Driver driver, UUID requestId, String language, Optional<String> addressHash, Optional<String> traceParent) {

    public String user() {
        return driver.user();
    }

    /**
     * Returns the same request as one about a driver, for an SMS that it orders to him.
     *
     * @param brand of the car; empty if it is not known
     * @param language that the driver reads, ISO 639-1
     */
    public Caller about(String user, Optional<String> brand, String language) {
        return new Caller(new Driver(user, brand, Optional.empty()), requestId, language, addressHash, traceParent);
    }
}
