package io.pims.authentication.securityevent;

import io.pims.authentication.http.ErrorCode;
import java.util.Optional;
import java.util.UUID;

/**
 * An event that is to be recorded.
 *
 * @param user the id of the user whose number or PIN it is about
 * @param what the operation, as the API names it, such as {@code pincode.reset}
 * @param error the error of a refusal; empty if the operation was done
 * @param transactionId of the request
 * @param addressHash keyed hash of the client's address; empty if the address is not known
 * @param actor the {@code sub} of who of the help desk acted; empty for the driver and for a backend
 * @param reason why the help desk acted, without personal data; empty for others
 */
public record NewSecurityEvent(
        String user,
        String what,
        Optional<ErrorCode> error,
        UUID transactionId,
        Optional<String> addressHash,
        Optional<String> actor,
        Optional<String> reason) {

    /** Makes an event that no help desk is behind. */
    public NewSecurityEvent(
            String user, String what, Optional<ErrorCode> error, UUID transactionId, Optional<String> addressHash) {
        this(user, what, error, transactionId, addressHash, Optional.empty(), Optional.empty());
    }
}
