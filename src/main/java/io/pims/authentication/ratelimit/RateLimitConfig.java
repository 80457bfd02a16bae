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

    /**
     * For each driver and {@code type}. It keeps a double tap from sending two SMS. Like each of these limits it reads
     * {@code count/window}, several with commas; an empty value switches it off:
     * {@code limits-and-budgets.md#rate-limits}. Lower limits cost fewer SMS, and refuse a driver whose SMS got lost.
     */
    @WithDefault("1/30s")
    Optional<List<Limit>> userAndType();

    /** For each driver, all types together. */
    @WithDefault("5/1h,10/1d")
    Optional<List<Limit>> user();

    /** For each phone number, whoever asks. It bounds what one phone can be made to receive. */
    @WithDefault("5/1h,10/1d")
    Optional<List<Limit>> number();

    /**
     * How much of the number's limits drivers may use who don't have the number on file, in percent of each count: of
     * five an hour two, of ten a day four. Rounded down, but at least one: strangers can use up a count of 1. More
     * forgives a new driver who mistypes the code. Less leaves more to the number's owner.
     */
    @WithDefault("40")
    @Min(1)
    @Max(99)
    int certificationPercent();

    /**
     * For each client address (IPv6: each /64), if {@code pims.ratelimit.address-enabled}. A client whose address is
     * not known has no such limit.
     */
    @WithDefault("30/1h")
    Optional<List<Limit>> address();

    /**
     * Whether the service sees from where a client comes: without a proxy in front, or behind those of
     * {@code pims.proxy.trusted}. Else all drivers would share the load balancer's limit.
     */
    @WithDefault("false")
    boolean addressEnabled();

    /**
     * For each driver and operation that tries a code or a PIN, right or wrong:
     * {@code limits-and-budgets.md#attempts-at-codes-and-pins}. The default is far above what anybody types. Lower
     * limits bound the work that one driver can cause.
     */
    @WithDefault("20/1m,60/1h,200/1d")
    Optional<List<Limit>> attempt();

    /**
     * PINs that each driver changes with the old one. Each change sends an SMS that no other limit and no budget counts, so it
     * bounds the bill, and what the phone can be made to receive. One more is refused, and the PIN stays as it is.
     */
    @WithDefault("5/1h,10/1d")
    Optional<List<Limit>> pinUpdate();

    /** For each user whose PIN backends verify, whichever of them, with or without a PIN. */
    @WithDefault("20/1m,60/1h")
    Optional<List<Limit>> verification();

    /**
     * For each backend that verifies PINs, all users together. It bounds how fast a stolen token of a backend can try a
     * PIN at every driver. The limit is cut into slices, as many up to 20 as divide each count. A verification counts
     * on any of them.
     */
    @WithDefault("6000/1m")
    Optional<List<Limit>> verifier();

    /**
     * For each person of the help desk, all calls together: {@code support.md}. Each call is recorded, so it bounds how
     * fast that record grows, and how many drivers one stolen token reads.
     */
    @WithDefault("30/1m,1000/1d")
    Optional<List<Limit>> support();

    /**
     * Calls for a recovery that each person of the help desk makes. It bounds how many drivers one stolen token takes
     * their number and PIN from. Lower limits are felt on a day when many phones are lost.
     */
    @WithDefault("10/1h,40/1d")
    Optional<List<Limit>> recovery();

    /** For all requests for codes together. It bounds the bill. */
    @WithDefault("6000/1m")
    Optional<List<Limit>> service();

    /**
     * Into how many rows {@code pims.ratelimit.service} is cut, so that requests do not queue for a single one. Each
     * count of the limit must be a multiple of it. More mean less waiting, and a limit that refuses a little earlier
     * where load is uneven.
     */
    @WithDefault("20")
    @Min(1)
    @Max(1_000)
    int serviceSlices();
}
