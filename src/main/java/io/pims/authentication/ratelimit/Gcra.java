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
     * @param allowed true if one more may pass now
     * @param arrival the theoretical arrival time to keep, in microseconds since 1970: moved on if allowed, else unchanged
     * @param remaining requests that may pass right after this one
     * @param retryAfter until one more may pass; zero if one may pass now
     */
    record Decision(boolean allowed, long arrival, int remaining, Duration retryAfter) {}

    /**
     * Decides about one more request.
     *
     * @param arrival the theoretical arrival time that was kept, in microseconds since 1970
     * @param now microseconds since 1970
     */
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

    /** Returns the longest wait of a refused request, if no other request is faster. */
    static Duration longestWait(Limit limit) {
        return micros(emission(limit));
    }

    /** Returns the latest arrival, in microseconds since 1970, with which one more may pass now. */
    static long latest(Limit limit, long now) {
        return now + emission(limit) * (limit.count() - 1L);
    }

    private static long emission(Limit limit) {
        long window = limit.window().toNanos() / 1_000;
        return (window + limit.count() - 1) / limit.count();
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1_000);
    }
}
