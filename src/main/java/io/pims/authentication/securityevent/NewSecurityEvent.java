package io.pims.authentication.securityevent;

import io.pims.authentication.http.ErrorCode;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be recorded.
 *
 * @param user whom it happened to
 * @param what the operation, as the API names it, such as {@code pincode.reset}
 * @param error why it was refused; empty if it was done
 * @param transactionId of the request
 * @param addressHash a keyed hash of the client's address, if that is known
 */
public record NewSecurityEvent(
        String user, String what, Optional<ErrorCode> error, UUID transactionId, Optional<String> addressHash) {}
