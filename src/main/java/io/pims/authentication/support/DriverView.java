package io.pims.authentication.support;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pims.authentication.pincode.PinState;
import io.pims.authentication.ratelimit.LimitState;
import io.pims.authentication.securityevent.SecurityEventResource.Event;
import io.pims.authentication.transaction.RecordedTransaction;
import io.pims.authentication.transaction.SendAttempt;
import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.TransactionStatus;
import io.pims.authentication.trustedphonenumber.NumberSummary;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How things stand for a driver, without a number, a code, or an id of the provider's.
 *
 * @param phoneNumber null if none is on file
 * @param recovery null if none runs
 * @param limits on requests for codes and on attempts, of which something is used
 * @param transactions the last 20, the newest first
 * @param events the last 20, the newest first
 */
@RegisterForReflection
public record DriverView(
        NumberSummary phoneNumber,
        PinState pinCode,
        RecoverySummary recovery,
        List<LimitState> limits,
        List<SentSms> transactions,
        List<Event> events) {

    /**
     * A transaction.
     *
     * @param type of the code, or the name of the notice
     * @param code the error code of one that FAILED
     * @param attempts how many had which outcome
     * @param delivery as {@code Delivery-Status} has it; absent if nothing is known
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SentSms(
            UUID id,
            String type,
            TransactionStatus status,
            Integer code,
            Instant createdAt,
            Map<String, Long> attempts,
            String delivery) {

        static SentSms of(RecordedTransaction recorded) {
            Transaction transaction = recorded.transaction();
            return new SentSms(
                    transaction.id(),
                    recorded.type(),
                    transaction.status(),
                    transaction.error() == null ? null : transaction.error().code(),
                    recorded.createdAt(),
                    recorded.attempts().stream().collect(groupingBy(SendAttempt::outcome, TreeMap::new, counting())),
                    transaction.delivery() == null
                            ? null
                            : transaction.delivery().header());
        }
    }
}
