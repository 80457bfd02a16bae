package io.pims.authentication.dispatch;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.Road;
import io.pims.authentication.transaction.TransactionConfig;
import java.time.Duration;
import java.util.List;

/** Checks at the start that several roads have the time which failover needs. */
final class RoadTimes {

    private RoadTimes() {}

    /**
     * A road that hangs has all its unclear tries before the next one may send. That one needs the time of a call too.
     *
     * @param before longest time that passes before the first call
     * @throws WrongSetting if the deadline or the retries end before that
     */
    static void requireFailover(DispatchConfig config, TransactionConfig transactions, Duration before) {
        int tries = config.unclearTries();
        if (config.retry().maxRetries() < tries - 1) {
            throw new WrongSetting(
                    "pims.dispatch.retry.max-retries",
                    "is below pims.dispatch.unclear-tries less one: no other road gets an SMS whose outcome is"
                            + " unclear");
        }
        Duration needed = before.plus(config.attemptTimeout().multipliedBy(tries + 1L));
        Duration delay = config.retry().delay();
        for (int wait = 1; wait < tries; wait++) {
            needed = needed.plus(delay).plus(config.retry().jitter());
            Duration doubled = delay.multipliedBy(2);
            delay = doubled.compareTo(config.retry().maxDelay()) < 0
                    ? doubled
                    : config.retry().maxDelay();
        }
        if (needed.compareTo(transactions.deadline()) > 0) {
            throw new WrongSetting(
                    "pims.dispatch.unclear-tries",
                    "leaves no time for another road: %d ms with pims.dispatch.attempt-timeout for each, their waits%s and"
                                    .formatted(needed.toMillis(), before.isZero() ? "" : ", pims.risk.sim-swap.timeout")
                            + " one more call exceed pims.transaction.deadline");
        }
    }

    /**
     * A call that is cut off from outside is unclear, though the sender would know that nothing had left.
     *
     * @throws WrongSetting if a road's sender may take longer than a call may
     */
    static void requireCallsInTime(List<Road> roads, DispatchConfig config) {
        roads.stream()
                .filter(road -> road.sender().longestCall().compareTo(config.attemptTimeout()) > 0)
                .findFirst()
                .ifPresent(road -> {
                    throw new WrongSetting(
                            "pims.sms.routes." + road.name(),
                            "has a connect-timeout and a read-timeout that exceed pims.dispatch.attempt-timeout");
                });
    }
}
