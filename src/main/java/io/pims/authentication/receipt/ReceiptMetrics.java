package io.pims.authentication.receipt;

import io.micrometer.core.instrument.MeterRegistry;
import io.pims.authentication.transaction.DeliveryState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/**
 * Counts receipts by what was done with them, and what they say of deliveries by country: at most one series for each
 * status and region of ISO 3166-1.
 */
@ApplicationScoped
class ReceiptMetrics {

    private final MeterRegistry registry;

    ReceiptMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Result result : Result.values()) {
            count(result, 0);
        }
    }

    /** What was done with a receipt. */
    enum Result {
        /** Told something new. */
        CHANGED,
        /** Told nothing new: a repeat, or an earlier one that came later. */
        UNCHANGED,
        /** Signed, and about no transaction that there is. */
        UNKNOWN_TRANSACTION,
        /** Signed, and with no status that says anything. */
        UNKNOWN_STATUS,
        /** Not signed, not by Vonage, or not now. */
        UNAUTHENTIC,
        /** Could not be read. */
        MALFORMED
    }

    void count(Result result) {
        count(result, 1);
    }

    private void count(Result result, int times) {
        registry.counter("pims.receipts", "result", word(result)).increment(times);
    }

    void countDelivery(DeliveryState state, String country) {
        registry.counter("pims.sms.deliveries", "status", state.status().word(), "country", country)
                .increment();
    }

    private static String word(Result result) {
        return result.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
