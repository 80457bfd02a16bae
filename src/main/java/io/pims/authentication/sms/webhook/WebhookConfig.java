package io.pims.authentication.sms.webhook;

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

/** A gateway, and the time-outs of its calls. */
public interface WebhookConfig {

    /**
     * Where each SMS is posted to: {@code providers.md#a-gateway-of-your-own}. It must be https, or http to the host
     * itself ({@code localhost}, {@code 127.0.0.1}, {@code [::1]}), or the service does not start: number and code go
     * there. Redirects are not followed.
     */
    Optional<URI> url();

    /**
     * Secrets that requests are signed with: each is {@code whsec_} and the Base64 of 24 to 64 random bytes. A request
     * has a signature by each, and the gateway accepts it if one fits: to change the secret, add the new one, teach it to
     * the gateway, and take the old one away.
     */
    Optional<@Size(min = 1, max = 4) List<String>> secrets();

    /** SMS sent at once by one replica, each on a connection of its own. One more is tried later. */
    @WithDefault("8")
    @Min(1)
    @Max(256)
    int clients();

    /** Longest wait for a connection, with the look-up of the host and TLS. */
    @WithDefault("2s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration connectTimeout();

    /**
     * Longest wait for an answer, from the send on. Too short, and SMS that were taken are sent again. One call takes at most the sum of
     * this and the connect-timeout, which must not exceed {@code pims.dispatch.attempt-timeout}.
     */
    @WithDefault("4s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration readTimeout();
}
