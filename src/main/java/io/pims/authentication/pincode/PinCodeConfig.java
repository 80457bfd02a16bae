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
     * HMAC-SHA-256 keys that PINs are hashed with, {@code id:base64}, 32 bytes each: {@code keys.md}. The first one is
     * for new PINs. A stolen database gives no PIN away without them; with them, each PIN takes one processor some
     * hours. PINs under a pepper that is taken out can't be verified. Keep it until they have been used or reset.
     */
    List<String> peppers();

    /**
     * Digits of a new PIN, 6 or 4; 4 is for fleets whose cars and apps expect it. Four are easier to remember. With
     * four, five guesses open one account in 1,800 instead of one in 180,000. PINs that are there stay valid.
     */
    @WithDefault("6")
    int length();

    /**
     * Hashes computed at a time. Without it: as many as there are processors. Each takes one processor for some 30 ms,
     * and 19 MiB of heap. More than there are processors gain nothing. Fewer leave some to the rest of the service.
     */
    Optional<@Min(1) @Max(64) Integer> hashWorkers();

    /**
     * Hashes that may wait for a worker, one of each user. More are refused with 503 at once. A longer queue rides out
     * bursts. The last one in it waits for its length times 30 ms, divided by the workers.
     */
    @WithDefault("128")
    @Min(0)
    @Max(1_000)
    int hashQueue();

    /**
     * Attempts on one user that wait for the one under way, in each replica. More are refused with 429. The default is
     * more than a driver's app and a backend beside it ever send at once.
     */
    @WithDefault("8")
    @Min(0)
    @Max(1_000)
    int waitingPerUser();
}
