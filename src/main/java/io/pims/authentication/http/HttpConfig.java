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
     * How long the body of a request may take after the end of its headers. Then the connection is closed; over HTTP/2
     * the request is reset. A body has some 200 bytes, which the slowest mobile network carries in a second. Longer
     * forgives networks that stall, and lets each slow client keep its connection for longer.
     */
    @WithDefault("10s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 2)
    Duration bodyTimeout();

    /**
     * Over HTTP/2: from the headers of a request to the end of its answer. Then the request is reset. A connection
     * without a request for as long is closed, whatever frames come. Over HTTP/1.1 {@code quarkus.http.idle-timeout}
     * does both. {@code pims.database.patience} plus {@code pims.smscode.longest-wait} must fit, or the service does
     * not start.
     */
    @WithDefault("60s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration answerTimeout();
}
