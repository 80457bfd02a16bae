package io.pims.authentication.receipt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pims.authentication.transaction.DeliveryState;
import io.pims.authentication.transaction.DeliveryStatus;
import io.pims.authentication.trustedphonenumber.AcceptedNumbersConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/**
 * Counts receipts by result, and deliveries by status and country: at most one series for each status and region of ISO
 * 3166-1.
 */
@Startup
@ApplicationScoped
class ReceiptMetrics {

    private final MeterRegistry registry;

    /** @param accepted the series of these countries begin at the start, so that no first event is missed */
    ReceiptMetrics(MeterRegistry registry, AcceptedNumbersConfig accepted) {
        this.registry = registry;
        for (Result result : Result.values()) {
            receipts(result);
        }
        for (String country : accepted.countries()) {
            for (DeliveryStatus status : DeliveryStatus.values()) {
                deliveries(status, country);
            }
        }
    }

    enum Result {
        /** It is recorded. */
        CHANGED,
        /** As much or more was recorded already. */
        UNCHANGED,
        /** There is no such transaction, or it is deleted. */
        UNKNOWN_TRANSACTION,
        /** Its status says nothing. */
        UNKNOWN_STATUS,
        /** It is not signed, not by Vonage, or at another time. */
        UNAUTHENTIC,
        /** It could not be read. */
        MALFORMED
    }

    void count(Result result) {
        receipts(result).increment();
    }

    private Counter receipts(Result result) {
        String word = result.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return registry.counter("pims.receipts", "result", word);
    }

    void countDelivery(DeliveryState state, String country) {
        deliveries(state.status(), country).increment();
    }

    private Counter deliveries(DeliveryStatus status, String country) {
        return registry.counter("pims.sms.deliveries", "status", status.word(), "country", country);
    }
}
