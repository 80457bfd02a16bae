package io.pims.authentication.notice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The operator's backend that security events are handed to. */
@ConfigMapping(prefix = "pims.notice.webhook")
public interface NoticeConfig {

    /**
     * Where each security event is posted to: {@code events.md#the-webhook}. It must be https, or http to the host itself
     * ({@code localhost}, {@code 127.0.0.1}, {@code [::1]}), or the service does not start. Redirects are not followed.
     * Without it nothing is posted and nothing is kept for it.
     */
    Optional<URI> url();

    /**
     * Secrets that requests are signed with: each is {@code whsec_} and the Base64 of 24 to 64 random bytes. A request
     * has a signature by each, and the backend accepts it if one fits: to change the secret, add the new one, teach it to
     * the backend, and take the old one away.
     */
    Optional<@Size(min = 1, max = 4) List<String>> secrets();

    /** Events posted at once by one replica, each on a connection of its own. Those of one driver never go at once. */
    @WithDefault("8")
    @Min(1)
    @Max(256)
    int connections();

    /** Longest wait for a connection, with the look-up of the host and TLS. */
    @WithDefault("2s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration connectTimeout();

    /** Longest wait for an answer, from the send on. Too short, and events that were taken are posted again. */
    @WithDefault("5s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration readTimeout();

    /** The time until an event that was not taken is posted again. It doubles each time. */
    @WithDefault("5s")
    @DurationMin(millis = 100)
    @DurationMax(hours = 1)
    Duration firstDelay();

    /**
     * The longest time between two posts of an event. Shorter hands over sooner once the backend is back, and asks it more
     * often while it is not. It must not be below the first delay.
     */
    @WithDefault("15m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 6)
    Duration longestDelay();

    /**
     * An event that was not taken for so long is dropped. It stays in the record of events. Longer survives longer outages
     * of the backend, and tells drivers of what they forgot long ago.
     */
    @WithDefault("3d")
    @DurationMin(minutes = 1)
    @DurationMax(days = 30)
    Duration maxAge();

    /**
     * An event is dropped once so many newer ones were recorded. So the outbox never holds more: a million
     * events, each of another driver, take 420 MB.
     */
    @WithDefault("1000000")
    @Min(1_000)
    @Max(100_000_000)
    long maxWaiting();
}
