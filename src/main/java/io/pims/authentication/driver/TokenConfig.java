package io.pims.authentication.driver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;

/** Claims that a bearer token must have, and claims that tell who the driver is. */
@ConfigMapping(prefix = "pims.token")
public interface TokenConfig {

    /**
     * The {@code iss} that tokens must have; also where the OpenID Connect discovery document is looked for. Whoever
     * answers there can be any driver, so it is https, or http to this host itself.
     */
    @NotBlank
    @Pattern(
            regexp = "(?i)https://.+|http://((.+\\.)?localhost|127(\\.[0-9]{1,3}){3}|\\[::1])([:/].*)?",
            message = "must be https:// and a host, or http:// to this host itself (localhost, 127.0.0.1, [::1])")
    String issuer();

    /** The {@code aud} that tokens must contain: tokens made for another service of the same issuer are refused. */
    @NotBlank
    String audience();

    /** The claim that names the brand of the driver's car, a key of {@code pims.sms.brands}. */
    @WithDefault("brand")
    @NotBlank
    String brandClaim();

    /** The claim that names the driver's country, ISO 3166-1 alpha-2, for numbers typed without a country code. */
    @WithDefault("region")
    @NotBlank
    String regionClaim();
}
