package io.pims.authentication.ratelimit;

import io.pims.authentication.budget.BudgetMode;
import io.pims.authentication.budget.Overrun;
import io.pims.authentication.budget.TotalBudget;
import io.pims.authentication.ratelimit.Charge.Quota;
import io.pims.authentication.ratelimit.Subject.Policy;
import io.pims.authentication.ratelimit.Subject.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One request against all limits of all its subjects: either every one has room and all are charged, or none is.
 *
 * <p>What the client is told depends on what it has used itself, and on the service as a whole. That a number or an address
 * is used up is told by the refusal, and always in the same words: neither by whom, nor when, nor which of its limits.
 */
final class Assessment {

    private static final Quota UNLIMITED = new Quota(null, null, Integer.MAX_VALUE, Duration.ZERO);

    private final long now;
    private final Map<String, Map<String, Long>> arrivals = new LinkedHashMap<>();
    private final List<Overrun> overruns = new ArrayList<>();
    private final Set<String> usedUp = new HashSet<>();
    private Quota refusal;
    private Quota refusalByShared;
    private boolean refusedByAnother;
    private Quota tightest = UNLIMITED;

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
        for (Policy policy : subject.policies()) {
            Gcra.Decision decision =
                    Gcra.decide(policy.limit(), known.getOrDefault(policy.name(), Long.MIN_VALUE / 2), now);
            next.put(policy.name(), decision.arrival());
            Quota quota =
                    new Quota(policy.name(), policy.advertised(), decision.remaining(), decision.retryAfter());
            if (!decision.allowed()) {
                refuse(subject, quota);
            }
            // What one slice has left says nothing about the service.
            boolean tells = subject.users() == Users.CALLER && quota.remaining() < tightest.remaining();
            tightest = tells ? quota : tightest;
        }
        for (TotalBudget total : subject.totals()) {
            long state = known.getOrDefault(total.name(), 0L);
            if (total.mode() == BudgetMode.ENFORCE && !total.hasRoom(state, now)) {
                refusal = longer(refusal, withoutName(total.retryAfter(now)));
                usedUp.add(total.name());
            }
            next.put(total.name(), total.take(state, now));
        }
    }

    private void refuse(Subject subject, Quota quota) {
        if (subject.users() == Users.SEVERAL) {
            refusalByShared =
                    refusalByShared == null ? always(subject.policies().get(0)) : refusalByShared;
        } else {
            refusal = longer(refusal, quota);
        }
        refusedByAnother |= subject.users() != Users.ALL;
    }

    private static Quota always(Policy policy) {
        return new Quota(policy.name(), policy.advertised(), 0, Gcra.longestWait(policy.limit()));
    }

    /** Whether the part of this budget that was looked at is used up. */
    boolean isUsedUp(TotalBudget total) {
        return usedUp.contains(total.name());
    }

    /** Takes into account that a budget has no room. */
    void add(Overrun overrun) {
        overruns.add(overrun);
        if (overrun.refuses()) {
            refusal = longer(refusal, withoutName(overrun.retryAfter()));
        }
    }

    private static Quota withoutName(Duration retryAfter) {
        return new Quota(null, null, 0, retryAfter);
    }

    private static Quota longer(Quota one, Quota other) {
        return one == null || other.retryAfter().compareTo(one.retryAfter()) > 0 ? other : one;
    }

    /** Whether the service's own limit is all that stands against the request. */
    boolean refusedByServiceAlone() {
        return refusal != null && !refusedByAnother;
    }

    Charge charge() {
        Instant at = Instant.EPOCH.plusNanos(Math.multiplyExact(now, 1_000L));
        boolean allowed = refusal == null && refusalByShared == null;
        return new Charge(allowed, at, allowed ? tightest : toldRefusal(), List.copyOf(overruns));
    }

    /** Who is refused anyway learns nothing of a number or an address beside. */
    private Quota toldRefusal() {
        return refusal == null ? refusalByShared : refusal;
    }

    /** What to write if the request is allowed: by subject, the arrival time by policy. */
    Map<String, Map<String, Long>> arrivals() {
        return arrivals;
    }

    /** When the subject's limits are all fresh again, in microseconds since 1970. */
    static long idleAt(Map<String, Long> arrivals) {
        return arrivals.entrySet().stream()
                .filter(arrival -> !arrival.getKey().startsWith(TotalBudget.PREFIX))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0L);
    }
}
