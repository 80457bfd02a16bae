package io.pims.authentication.driver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;

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
}
