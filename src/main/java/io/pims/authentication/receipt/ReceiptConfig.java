package io.pims.authentication.receipt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The signing of receipts, as set for the account at Vonage. */
@ConfigMapping(prefix = "pims.receipt")
public interface ReceiptConfig {

    /**
     * Signature secret of the account at Vonage; it is not the API secret. Without it every delivery receipt is
     * refused: {@code providers.md#delivery-receipts}.
     */
    Optional<String> secret();

    /**
     * The secret before this one, as long as Vonage may still sign with it: {@code providers.md#change-a-secret}.
     * Vonage does not repeat a receipt that is refused.
     */
    Optional<String> formerSecret();

    /**
     * Signature method of receipts of the SMS API: {@code hmac-sha256}, or {@code md5-hash} as older accounts have it.
     * It must be as set at Vonage. The other one is refused, else the weaker one would count. Those of the Messages API
     * are always signed by HMAC with SHA-256.
     */
    @WithDefault("hmac-sha256")
    SignatureMethod method();

    /**
     * Longest distance of a receipt's time from the replica's, either way. Longer forgives clocks and delays: after an
     * outage Vonage repeats receipts for a day, and does not say that it signs them anew. A replay within it does no
     * harm: the same receipt changes nothing.
     */
    @WithDefault("5m")
    @DurationMin(seconds = 10)
    @DurationMax(days = 1)
    Duration window();
}
