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
 * Assesses one request by all limits of all its subjects: either every limit has room and all are charged, or none is.
 *
 * <p>The client is told about its own limits and those of the whole service. A refusal by a number or an address is always
 * the same: it tells neither who used the limit up, nor when, nor which limit of several it is.
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

    /** @param now microseconds since 1970, by the database's clock */
    Assessment(long now) {
        this.now = now;
    }

    /**
     * Takes the limits of a subject into account.
     *
     * @param known by the policy's name the theoretical arrival time, in microseconds since 1970; also of other types
     */
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
            Quota quota = new Quota(policy.name(), policy.advertised(), decision.remaining(), decision.retryAfter());
            if (!decision.allowed()) {
                refuse(subject, quota);
            }
            // The rest of one slice says nothing about the service.
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

    /** Returns true if the part of this budget on the slice at hand is used up. */
    boolean isUsedUp(TotalBudget total) {
        return usedUp.contains(total.name());
    }

    /** Takes a budget into account that has no room. */
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

    /** Returns true if nothing but the limit of the whole service refuses the request. */
    boolean refusedByServiceAlone() {
        return refusal != null && !refusedByAnother;
    }

    Charge charge() {
        Instant at = Instant.EPOCH.plusNanos(Math.multiplyExact(now, 1_000L));
        boolean allowed = refusal == null && refusalByShared == null;
        return new Charge(allowed, at, allowed ? tightest : toldRefusal(), List.copyOf(overruns));
    }

    /** A client that is refused anyway learns nothing about a number or an address. */
    private Quota toldRefusal() {
        return refusal == null ? refusalByShared : refusal;
    }

    /**
     * Returns what to write if the request is allowed: by subject and policy, the theoretical arrival time in microseconds
     * since 1970.
     */
    Map<String, Map<String, Long>> arrivals() {
        return arrivals;
    }

    /** Returns the time at which all limits of a subject are unused again, in microseconds since 1970. */
    static long idleAt(Map<String, Long> arrivals) {
        return arrivals.entrySet().stream()
                .filter(arrival -> !arrival.getKey().startsWith(TotalBudget.PREFIX))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0L);
    }
}
