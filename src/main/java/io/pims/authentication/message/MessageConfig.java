package io.pims.authentication.message;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How long a request may take to arrive. */
@ConfigMapping(prefix = "pims.message")
public interface MessageConfig {

    /**
     * From the end of a request's headers to the end of its body. The largest body is some 200 bytes, which the slowest
     * mobile network carries in a second; longer is kinder to networks that stall, and gives each slow client more of a
     * connection's time.
     */
    @WithDefault("10s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 2)
    Duration bodyTimeout();

    /**
     * From what a client sends to the first byte that it is answered. Headers that come byte by byte are never idle and
     * have no deadline of their own; this one is theirs too, so it has to be longer than the longest wait for an outcome.
     */
    @WithDefault("60s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration answerTimeout();
}
