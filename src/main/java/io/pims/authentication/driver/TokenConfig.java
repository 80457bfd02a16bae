package io.pims.authentication.driver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Claims that a bearer token must have, and claims that tell who the driver is. */
@ConfigMapping(prefix = "pims.token")
public interface TokenConfig {

    /**
     * The {@code iss} that tokens must have, and where the issuer's discovery document is. It must be https, or http to
     * the host itself ({@code localhost}, {@code 127.0.0.1}, {@code [::1]}), or the service does not start: whoever
     * answers there can be any driver.
     */
    @NotBlank
    @Pattern(
            regexp = "(?i)https://.+|http://((.+\\.)?localhost|127(\\.[0-9]{1,3}){3}|\\[::1])([:/].*)?",
            message = "must be https:// and a host, or http:// to this host itself (localhost, 127.0.0.1, [::1])")
    String issuer();

    /** The {@code aud} that tokens must contain. Tokens for other services of the same issuer are refused. */
    @NotBlank
    String audience();

    /** Claim with the brand of the driver's car: a key of {@code pims.sms.brands}, its name or one of its aliases. */
    @WithDefault("brand")
    @NotBlank
    String brandClaim();

    /** Claim with the driver's country (ISO 3166-1 alpha-2), for numbers typed without a country code. */
    @WithDefault("region")
    @NotBlank
    String regionClaim();

    /** Remembers which tokens were found valid, so that a driver's next request costs no check of the signature. */
    Cache cache();

    interface Cache {

        /**
         * How long a token that was found valid counts as such, though never beyond its end or the next change of the
         * issuer's keys. Longer spares little more: a driver's requests come within a minute. 0 has each token checked
         * each time.
         */
        @WithDefault("60s")
        @DurationMin(seconds = 0)
        @DurationMax(minutes = 10)
        Duration timeToLive();

        /**
         * How many tokens are remembered at most, some 0.5 KiB each, and 1 KiB at worst. With more drivers than these in
         * a time to live, some tokens are checked again. 0 has each token checked each time.
         */
        @WithDefault("10000")
        @Min(0)
        @Max(1_000_000)
        int size();
    }
}
