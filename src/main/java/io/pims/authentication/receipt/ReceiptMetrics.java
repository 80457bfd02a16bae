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
            count(result, 0);
        }
        for (String country : accepted.countries()) {
            for (DeliveryStatus status : DeliveryStatus.values()) {
                deliveries(status, country);
            }
        }
    }

    enum Result {
        /** It told something new. */
        CHANGED,
        /** It told nothing new: a repeat, or one that was overtaken. */
        UNCHANGED,
        /** It is signed, and there is no such transaction. */
        UNKNOWN_TRANSACTION,
        /** It is signed, and its status says nothing. */
        UNKNOWN_STATUS,
        /** It is not signed, not by Vonage, or at another time. */
        UNAUTHENTIC,
        /** It could not be read. */
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
