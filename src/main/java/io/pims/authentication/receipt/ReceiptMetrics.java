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
 * Counts receipts by what was done with them, and what they say of deliveries by country: at most one series for each
 * status and region of ISO 3166-1.
 */
@Startup
@ApplicationScoped
class ReceiptMetrics {

    private final MeterRegistry registry;

    /** @param accepted the countries that SMS go to: their series begin with the start, so that no first event is missed */
    ReceiptMetrics(MeterRegistry registry, AcceptedNumbersConfig accepted) {
        this.registry = registry;
        for (Result result : Result.values()) {
            count(result, 0);
        }
        for (String country : accepted.countries()) {
            for (DeliveryStatus status : DeliveryStatus.values()) {
                deliveries(status, country);
            }
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
        deliveries(state.status(), country).increment();
    }

    private Counter deliveries(DeliveryStatus status, String country) {
        return registry.counter("pims.sms.deliveries", "status", status.word(), "country", country);
    }

    private static String word(Result result) {
        return result.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
