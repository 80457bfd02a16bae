package io.pims.authentication.sms.vonage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The account at Vonage, and the time-outs of its API. */
@ConfigMapping(prefix = "pims.sms.vonage")
public interface VonageConfig {

    /** Key of the account. Without it, or without the secret, requests for a code are refused with 2006. */
    Optional<String> apiKey();

    /** Secret of the account; goes over the wire in the Authorization header. */
    Optional<String> apiSecret();

    /**
     * Where {@code /sms/json} is; another host for tests, or a regional one. Https, or http to this host itself, for
     * the secret goes there. Redirects are not followed.
     */
    @WithDefault("https://rest.nexmo.com")
    URI baseUri();

    /**
     * Number of SMS that are sent at once, each on a thread and a connection of its own. The provider throttles an
     * account (30 SMS a second unless agreed otherwise): with 250 ms an answer, 8 of them reach that.
     */
    @WithDefault("8")
    @Min(1)
    @Max(256)
    int clients();

    /**
     * Longest wait for a connection, per address of the host. Shorter gives up on a provider behind a slow network,
     * longer keeps one of the few clients busy with a dead one.
     */
    @WithDefault("2S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration connectTimeout();

    /**
     * Longest silence while an answer is awaited. Too short and SMS that were accepted are sent again. One call takes
     * at most the sum of both timeouts, however slowly the answer drips; the retry policy's own timeout belongs above.
     */
    @WithDefault("4S")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration readTimeout();
}
