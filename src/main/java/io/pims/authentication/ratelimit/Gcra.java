package io.pims.authentication.ratelimit;

import java.time.Duration;

/**
 * The generic cell rate algorithm in its virtual-scheduling form (ITU-T I.371, annex A): all that is kept is the
 * theoretical arrival time of the next cell. The whole count may come at once; after that one more each
 * {@code window / count}, a broken microsecond rounded up: an instant never sees more than the count, nor does any window
 * see twice as many. Times are microseconds since 1970.
 */
final class Gcra {

    private Gcra() {}

    /**
     * @param allowed whether one more may pass now
     * @param arrival the theoretical arrival time to keep: moved on if allowed, as it was if not
     * @param remaining how many more could pass right after this one
     * @param retryAfter how long until one more may pass; zero if it may at once
     */
    record Decision(boolean allowed, long arrival, int remaining, Duration retryAfter) {}

    static Decision decide(Limit limit, long arrival, long now) {
        long emission = emission(limit);
        long tolerance = emission * (limit.count() - 1L);
        if (arrival > now + tolerance) {
            return new Decision(false, arrival, 0, micros(arrival - tolerance - now));
        }
        long next = Math.max(arrival, now) + emission;
        return new Decision(
                true,
                next,
                (int) ((now + tolerance + emission - next) / emission),
                micros(Math.max(0, next - tolerance - now)));
    }

    /** What a refused one waits at the most, if nobody is faster. */
    static Duration longestWait(Limit limit) {
        return micros(emission(limit));
    }

    private static long emission(Limit limit) {
        long window = limit.window().toNanos() / 1_000;
        return (window + limit.count() - 1) / limit.count();
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1_000);
    }
}
