package io.pims.authentication.smscode;

import io.pims.authentication.driver.Driver;
import io.pims.authentication.transaction.Idempotency;
import java.util.Optional;
import java.util.UUID;

/**
 * A request for a code that is well-formed and whose driver is known.
 *
 * @param id the request's id, which becomes the transaction's
 * @param language of the SMS, ISO 639-1
 * @param address the client's address, as far as it is known
 */
record Application(
        UUID id,
        Driver driver,
        String type,
        String language,
        Optional<Idempotency> idempotency,
        Optional<String> address) {}
