package io.pims.authentication.receipt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pims.authentication.transaction.DeliveryState;
import io.pims.authentication.transaction.DeliveryStatus;
import io.pims.authentication.trustedphonenumber.AcceptedNumbersConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;

/**
 * Counts receipts by result and road, and deliveries by status, country and road: at most one series for each status,
 * region of ISO 3166-1 and road that has receipts.
 */
@Startup
@ApplicationScoped
class ReceiptMetrics {

    /** The road of what is refused: who sent it is not known. */
    private static final String NONE = "none";

    private final MeterRegistry registry;

    /** @param accepted the series of these countries begin at the start, so that no first event is missed */
    ReceiptMetrics(MeterRegistry registry, AcceptedNumbersConfig accepted, ReceiptSecrets secrets) {
        this.registry = registry;
        receipts(Result.UNAUTHENTIC, NONE);
        receipts(Result.MALFORMED, NONE);
        secrets.roads().forEach(road -> begin(road, accepted.countries()));
    }

    private void begin(String road, Collection<String> countries) {
        for (Result result : EnumSet.complementOf(EnumSet.of(Result.UNAUTHENTIC, Result.MALFORMED))) {
            receipts(result, road);
        }
        for (String country : countries) {
            for (DeliveryStatus status : DeliveryStatus.values()) {
                deliveries(status, country, road);
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

    /** @param result of an authentic one */
    void count(Result result, String road) {
        receipts(result, road).increment();
    }

    /** Counts one that was refused, signed or not. */
    void countRefusal(Result result) {
        receipts(result, NONE).increment();
    }

    private Counter receipts(Result result, String road) {
        String word = result.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return registry.counter("pims.receipts", "result", word, "road", road);
    }

    void countDelivery(DeliveryState state, String country, String road) {
        deliveries(state.status(), country, road).increment();
    }

    private Counter deliveries(DeliveryStatus status, String country, String road) {
        return registry.counter("pims.sms.deliveries", "status", status.word(), "country", country, "road", road);
    }
}
