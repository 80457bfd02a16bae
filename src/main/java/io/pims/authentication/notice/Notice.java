package io.pims.authentication.notice;

import io.pims.authentication.http.ErrorCode;
import java.util.Optional;
import java.util.UUID;

/**
 * A security event that the backend is to be told of.
 *
 * @param event the id of the event
 * @param user whose number or PIN it is about
 * @param what the operation, as the API names it, such as {@code pincode.reset}
 * @param error the error of a refusal; empty if the operation was done
 * @param transactionId of the request
 */
public record Notice(UUID event, String user, String what, Optional<ErrorCode> error, UUID transactionId) {}
