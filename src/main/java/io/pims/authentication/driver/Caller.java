package io.pims.authentication.driver;

import java.util.Optional;
import java.util.UUID;

/**
 * A driver and the request that he sent.
 *
 * @param requestId the id of the request, which its answer carries
 * @param language that the driver reads, ISO 639-1
 * @param addressHash a keyed hash of the client's address, if that is known
 */
public record Caller(Driver driver, UUID requestId, String language, Optional<String> addressHash) {

    public String user() {
        return driver.user();
    }
}
