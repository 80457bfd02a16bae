package io.pims.authentication.ratelimit;

import io.pims.authentication.trustedphonenumber.Destination;
import java.util.Optional;

/**
 * On whose account a request goes.
 *
 * @param user the user's id
 * @param type the operation, as the API names it
 * @param numberHash a keyed hash of the phone number; empty as long as it is not known, and is that on file
 * @param onFile whether the number is on file of the user; else the user is a stranger to it
 * @param addressHash a keyed hash of the client's address; empty if it is not known
 * @param destination where the SMS goes; unknown as long as the number is
 */
public record ChargedRequest(
        String user,
        String type,
        Optional<String> numberHash,
        boolean onFile,
        Optional<String> addressHash,
        Destination destination) {}
