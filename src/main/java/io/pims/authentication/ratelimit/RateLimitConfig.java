package io.pims.authentication.ratelimit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Optional;

/**
 * Limits on asking for codes, and on trying codes and PINs. Each limit reads {@code count/window}. Several are separated by
 * commas, and all must pass. Lower ones cost fewer SMS and annoy a driver whose SMS got lost. An empty value means no limit.
 */
@ConfigMapping(prefix = "pims.ratelimit")
public interface RateLimitConfig {

    /** For each user and {@code type}. Keeps a double tap from sending two SMS. */
    @WithDefault("1/30s")
    Optional<List<Limit>> userAndType();

    /** For each user, all types together. */
    @WithDefault("5/1h,10/1d")
    Optional<List<Limit>> user();

    /** For each phone number, whoever asks: bounds what one handset can be made to receive. */
    @WithDefault("5/1h,10/1d")
    Optional<List<Limit>> number();

    /**
     * Percent of each count of the number's limits that accounts may use which don't have the number on file: two of five an
     * hour. Rounded down, but at least one. Anybody who knows a number can ask for it to be certified. More forgives a new
     * driver who mistypes the code, and leaves less to the driver whose number it is.
     */
    @WithDefault("40")
    @Min(1)
    @Max(99)
    int certificationPercent();

    /** For each client address (IPv6: each /64); only if {@code address-enabled}. */
    @WithDefault("30/1h")
    Optional<List<Limit>> address();

    /**
     * True if the service knows the address of each client: without a proxy before it, or behind the proxies of
     * {@code pims.proxy.trusted}. Else all drivers would share the limit of the load balancer.
     */
    @WithDefault("false")
    boolean addressEnabled();

    /**
     * For each driver and each operation that tries a code or a PIN ({@code PUT smscode}, {@code PUT pincode}), right or
     * wrong. Far above what anybody types; lower ones bound the work that one driver can cause.
     */
    @WithDefault("20/1m,60/1h,200/1d")
    Optional<List<Limit>> attempt();

    /** For each user whose PIN is verified, by any backend, with or without a PIN. */
    @WithDefault("20/1m,60/1h")
    Optional<List<Limit>> verification();

    /**
     * For each backend that verifies PINs, all users together: bounds how fast a stolen token of one tries a PIN at every
     * driver. Cut into as many slices up to 20 as divide each count; a verification counts on any of them.
     */
    @WithDefault("6000/1m")
    Optional<List<Limit>> verifier();

    /** For all requests together: bounds the bill. */
    @WithDefault("6000/1m")
    Optional<List<Limit>> service();

    /**
     * Rows that the service's limits are cut into, so that requests do not queue for a single one. Each count must be a
     * multiple of it. More slices mean less waiting, and a limit that refuses a little earlier where load is uneven.
     */
    @WithDefault("20")
    @Min(1)
    @Max(1_000)
    int serviceSlices();
}
