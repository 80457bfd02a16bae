package io.pims.authentication.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Remembers for a short time which tokens were found valid, by the SHA-256 of the whole token. So the requests of one
 * driver, one after the other, cost one check of a signature. What is refused is not remembered, and neither is the token.
 */
@ApplicationScoped
class CheckedTokens {

    /**
     * For how long nothing is remembered after a change of the issuer's keys: they are told before they are in force, and
     * a check beside that may still go by the old ones.
     */
    static final Duration SETTLING = Duration.ofSeconds(5);

    private final Optional<Cache<String, CheckedToken>> cache;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Counter hits;
    private final Counter misses;
    private long settledAt;

    @Inject
    CheckedTokens(TokenConfig config, Clock clock, MeterRegistry registry) {
        this(config.cache(), clock, registry, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    CheckedTokens(TokenConfig.Cache config, Clock clock, MeterRegistry registry, LongSupplier nanoTime) {
        boolean on = config.size() > 0 && !config.timeToLive().isZero();
        // What is to be dropped is dropped by whoever comes by, not by a thread of its own.
        this.cache = on
                ? Optional.of(Caffeine.newBuilder()
                        .maximumSize(config.size())
                        .expireAfterWrite(config.timeToLive())
                        .ticker(nanoTime::getAsLong)
                        .executor(Runnable::run)
                        .build())
                : Optional.empty();
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.settledAt = nanoTime.getAsLong();
        this.hits = lookups(registry, "hit");
        this.misses = lookups(registry, "miss");
        registry.gauge("pims.token.cache.entries", this, CheckedTokens::entries);
    }

    private static Counter lookups(MeterRegistry registry, String result) {
        return registry.counter("pims.token.cache.lookups", "result", result);
    }

    /**
     * Returns the outcome of an earlier check of the same token, or of a new one.
     *
     * @param check fails for a token that is not valid
     */
    Uni<CheckedToken> of(String token, Supplier<Uni<CheckedToken>> check) {
        return cache.map(entries -> of(token, check, entries)).orElseGet(check);
    }

    private Uni<CheckedToken> of(String token, Supplier<Uni<CheckedToken>> check, Cache<String, CheckedToken> entries) {
        String key = sha256(token);
        CheckedToken known = entries.getIfPresent(key);
        if (known != null && clock.instant().isBefore(known.end())) {
            hits.increment();
            return Uni.createFrom().item(known);
        }
        misses.increment();
        long begun = nanoTime.getAsLong();
        return check.get().invoke(checked -> keep(entries, key, checked, begun));
    }

    /** Apart from {@link #keysChanged}: what was checked under the keys before must not come after it. */
    private synchronized void keep(Cache<String, CheckedToken> entries, String key, CheckedToken checked, long begun) {
        if (begun - settledAt >= 0) {
            entries.put(key, checked);
        }
    }

    /** Forgets all tokens: the issuer has other keys. */
    synchronized void keysChanged() {
        settledAt = nanoTime.getAsLong() + SETTLING.toNanos();
        cache.ifPresent(Cache::invalidateAll);
    }

    /** Returns how many are remembered at present, those included that are due to be forgotten. */
    long entries() {
        return cache.map(Cache::estimatedSize).orElse(0L);
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
