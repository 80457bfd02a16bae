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

    /** The account's signature secret, not its API secret. Without it every receipt is refused. */
    Optional<String> secret();

    /** The signing method. Only one method is accepted: else the weakest would count. */
    @WithDefault("hmac-sha256")
    SignatureMethod method();

    /**
     * The greatest difference between the time in a receipt and ours, either way. Longer forgives clocks and delays. A replay within it does
     * no harm: the same receipt changes nothing.
     */
    @WithDefault("5m")
    @DurationMin(seconds = 10)
    @DurationMax(days = 1)
    Duration window();
}
