package io.pims.authentication.receipt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** By what a delivery receipt is known to come from Vonage; as set there for the account. */
@ConfigMapping(prefix = "pims.receipt")
public interface ReceiptConfig {

    /** The account's signature secret, not its API secret. Without it every receipt is refused. */
    Optional<String> secret();

    /** How receipts are signed. One method is taken and no other: else the weakest would count. */
    @WithDefault("hmac-sha256")
    SignatureMethod method();

    /**
     * How far a receipt's time may be from ours, either way. Longer forgives clocks and lets through what was held up;
     * what is sent again within it does no harm, for the same receipt changes nothing.
     */
    @WithDefault("5m")
    @DurationMin(seconds = 10)
    @DurationMax(days = 1)
    Duration window();
}
