package io.pims.authentication.ratelimit;

import io.pims.authentication.ratelimit.Charge.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request against all limits of all its subjects: either every one has room and all are charged, or none is.
 */
final class Assessment {

    private static final Standing UNLIMITED = new Standing(null, null, Integer.MAX_VALUE, Duration.ZERO);

    private final long now;
    private final Map<String, Map<String, Long>> arrivals = new LinkedHashMap<>();
    private Standing refusal;
    private boolean refusedByAnother;
    private Standing tightest = UNLIMITED;

    /** @param now microseconds since 1970 */
    Assessment(long now) {
        this.now = now;
    }

    /** @param known the subject's arrival time by policy name, those of other types included */
    void add(Subject subject, Map<String, Long> known) {
        Map<String, Long> next = arrivals.computeIfAbsent(subject.id(), id -> new LinkedHashMap<>());
        known.forEach((policy, arrival) -> {
            if (arrival > now) {
                next.put(policy, arrival);
            }
        });
        for (Subject.Policy policy : subject.policies()) {
            Gcra.Decision decision =
                    Gcra.decide(policy.limit(), known.getOrDefault(policy.name(), Long.MIN_VALUE / 2), now);
            next.put(policy.name(), decision.arrival());
            boolean service = subject.id().startsWith(Subjects.SERVICE);
            Standing standing =
                    new Standing(policy.name(), policy.advertised(), decision.remaining(), decision.retryAfter());
            if (!decision.allowed()) {
                refusal = longer(refusal, standing);
                refusedByAnother |= !service;
            }
            // What one slice has left says nothing about the service.
            tightest = !service && standing.remaining() < tightest.remaining() ? standing : tightest;
        }
    }

    private static Standing longer(Standing one, Standing other) {
        return one == null || other.retryAfter().compareTo(one.retryAfter()) > 0 ? other : one;
    }

    /** Whether the service's own limit is all that stands against the request. */
    boolean refusedByServiceAlone() {
        return refusal != null && !refusedByAnother;
    }

    Charge charge() {
        Instant at = Instant.EPOCH.plusNanos(Math.multiplyExact(now, 1_000L));
        return new Charge(refusal == null, at, refusal == null ? tightest : refusal);
    }

    /** What to write if the request is allowed: by subject, the arrival time by policy. */
    Map<String, Map<String, Long>> arrivals() {
        return arrivals;
    }

    /** When the subject's limits are all fresh again, in microseconds since 1970. */
    static long idleAt(Collection<Long> arrivals) {
        return arrivals.stream().max(Comparator.naturalOrder()).orElse(0L);
    }
}
