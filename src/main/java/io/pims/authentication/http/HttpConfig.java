package io.pims.authentication.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Bounds of the time that a request and its answer may take. */
@ConfigMapping(prefix = "pims.message")
public interface HttpConfig {

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
     * Over HTTP/2, from the headers of a request to the end of its answer, and for a connection without a request:
     * there other frames are traffic to the idle time-out. It has to be longer than the longest wait for an outcome.
     */
    @WithDefault("60s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration answerTimeout();
}
