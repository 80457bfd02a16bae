package io.pims.authentication.pincode;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/** The form of a PIN, and the cost of its hash. */
@ConfigMapping(prefix = "pims.pincode")
public interface PinCodeConfig {

    /**
     * HMAC-SHA-256 keys as {@code id:base64}, 32 bytes each, the first one for new PINs. Without them a stolen dump
     * gives no PIN away; with them each PIN takes one processor some hours. Keep an old one until the PINs under it
     * have been used or reset: taking it out makes them unverifiable.
     */
    List<String> peppers();

    /**
     * Digits of a new PIN: 6, or 4 for fleets whose cars and apps expect it. Four are easier to remember, and five
     * guesses then open one account in 1,800 instead of one in 180,000. PINs that are there stay valid.
     */
    @WithDefault("6")
    int length();

    /**
     * Hashes computed at a time; by default as many as there are processors. Each takes one processor for some 30 ms
     * and 19 MiB of heap. More than processors gains nothing; fewer leave some to the rest of the service.
     */
    Optional<@Min(1) @Max(64) Integer> hashWorkers();

    /**
     * Hashes that may wait for a worker, one of each user. More requests are refused with 503 at once. A longer queue rides
     * out bursts, and makes the last one wait for its length times 30 ms, divided by the workers.
     */
    @WithDefault("128")
    @Min(0)
    @Max(1_000)
    int hashQueue();

    /**
     * Attempts on one user that may wait for the one under way, in each replica. More are refused with 429. The default is
     * more than the app of a driver who taps twice, and a backend beside it, ever send at once.
     */
    @WithDefault("8")
    @Min(0)
    @Max(1_000)
    int waitingPerUser();
}
