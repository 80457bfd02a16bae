package io.pims.authentication.ratelimit;

import io.pims.authentication.trustedphonenumber.Destination;
import java.util.Optional;

/**
 * A request for a code, as the limits and budgets see it.
 *
 * @param user the user's id
 * @param type the operation, as the API names it
 * @param numberHash keyed hash of the phone number; empty as long as the number on file has not been read
 * @param onFile true if the number is on file of the user; else the user is a stranger to it
 * @param addressHash keyed hash of the client's address; empty if the address is not known
 * @param destination of the SMS; unknown as long as the number is
 */
public record ChargedRequest(
        String user,
        String type,
        Optional<String> numberHash,
        boolean onFile,
        Optional<String> addressHash,
        Destination destination) {}
