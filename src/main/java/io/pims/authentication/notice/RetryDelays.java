package io.pims.authentication.notice;

import io.pims.authentication.configuration.WrongSetting;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The time until an event is posted again: it doubles, and is spread so that those of one outage do not come back at once. */
final class RetryDelays {

    /** Either way, in parts of the delay. */
    private static final double SPREAD = 0.2;

    private final long first;
    private final long longest;
    private final DoubleSupplier random;

    /**
     * @param random gives numbers from 0 to 1
     * @throws WrongSetting if the longest delay is below the first one
     */
    RetryDelays(Duration first, Duration longest, DoubleSupplier random) {
        if (longest.compareTo(first) < 0) {
            throw new WrongSetting("pims.notice.webhook.longest-delay", "is below pims.notice.webhook.first-delay");
        }
        this.first = first.toMillis();
        this.longest = longest.toMillis();
        this.random = random;
    }

    /** @param attempts that were in vain, 1 or more */
    Duration after(int attempts) {
        double doubled = first * Math.pow(2, Math.min(attempts, 60) - 1.0);
        double spread = 1 + SPREAD * (2 * random.getAsDouble() - 1);
        return Duration.ofMillis((long) Math.min(longest, doubled * spread));
    }
}
