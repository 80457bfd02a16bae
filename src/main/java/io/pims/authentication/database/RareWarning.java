package io.pims.authentication.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** A warning whose cause may last, such as a database that is away: the first is logged, then one a minute. */
public final class RareWarning {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Logger log;
    private final Clock clock;
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);

    public RareWarning(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** @param format as of {@link String#format} */
    public void log(String format, Object... parameters) {
        Instant now = clock.instant();
        Instant before = last.get();
        if (!before.isAfter(now.minus(INTERVAL)) && last.compareAndSet(before, now)) {
            log.warnf(format, parameters);
        }
    }
}
