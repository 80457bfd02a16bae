package io.pims.authentication.ratelimit;

import io.pims.authentication.budget.BudgetMode;
import io.pims.authentication.budget.BudgetUsage;
import io.pims.authentication.budget.Overrun;
import io.pims.authentication.budget.TotalBudget;
import io.pims.authentication.budget.Velocity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps what some subjects have used of their limits: read under their locks, charged in memory, and written back in the
 * same SQL transaction. Requests that share it are charged one after the other.
 */
public final class Ledger {

    private final Subjects subjects;
    private final long now;
    private final Map<String, Map<String, Long>> seen;
    private final Map<String, Map<String, Long>> arrivals = new HashMap<>();
    private final Map<String, Map<String, Long>> charged = new TreeMap<>();
    private final Set<String> slicesHad = new HashSet<>();
    private final Map<String, Long> usedElsewhere = new HashMap<>();
    private Subject slice;

    /**
     * @param now microseconds since 1970, by the database's clock, after the locks were had
     * @param locked the subjects whose locks are held
     * @param seen by subject and policy the arrivals, in microseconds since 1970: of all these subjects that have a row, and
     *     of the slices of the service as they were without their locks
     */
    Ledger(Subjects subjects, long now, Collection<String> locked, Map<String, Map<String, Long>> seen) {
        this.subjects = subjects;
        this.now = now;
        this.seen = seen;
        locked.forEach(subject -> arrivals.put(subject, seen.getOrDefault(subject, Map.of())));
    }

    /** Charges the limits of the service on this slice from now on. Its lock is held. */
    void use(String locked, Map<String, Long> known) {
        arrivals.put(locked, known);
        slice = subjects.slice(locked);
        slicesHad.add(locked);
        subjects.totals().forEach(total -> usedElsewhere.put(total.name(), usedElsewhere(total)));
    }

    /** Returns the slices that were not tried yet, the one with the most room first. */
    List<String> otherSlices() {
        List<String> others = subjects.slicesShuffled();
        others.removeAll(slicesHad);
        others.removeIf(this::isUsedUp);
        others.sort(Comparator.comparingLong(other -> Assessment.idleAt(seen.getOrDefault(other, Map.of()))));
        return others;
    }

    /** A budget that is used up stays so until its period ends, so this needs no lock. */
    private boolean isUsedUp(String other) {
        return subjects.slice(other).totals().stream()
                .anyMatch(part -> part.mode() == BudgetMode.ENFORCE && !part.hasRoom(state(other, part), now));
    }

    /** Returns true if all subjects of the request are locked and read; false if its number has just been changed. */
    public boolean isOpen(ChargedRequest request) {
        return subjects.of(request).stream().map(Subject::id).allMatch(arrivals::containsKey);
    }

    private long state(String of, TotalBudget total) {
        return arrivals.getOrDefault(of, seen.getOrDefault(of, Map.of())).getOrDefault(total.name(), 0L);
    }

    private long usedElsewhere(TotalBudget total) {
        return subjects.slices().stream()
                .filter(each -> !each.equals(slice.id()))
                .mapToLong(each -> total.used(state(each, total), now))
                .sum();
    }

    private long used(TotalBudget total) {
        return usedElsewhere.get(total.name()) + total.used(state(slice.id(), total), now);
    }

    /** Returns the usage of the budgets of the whole service, as far as is known here; nothing without a slice. */
    public List<BudgetUsage> usages() {
        return slice == null
                ? List.of()
                : subjects.totals().stream()
                        .map(total -> new BudgetUsage(total.period(), now, used(total), total.total()))
                        .toList();
    }

    private Map<String, Long> known(String subject) {
        return arrivals.getOrDefault(subject, Map.of());
    }

    /** Charges all limits and budgets if each of them has room, else none. */
    Assessment charge(ChargedRequest request, Velocity velocity) {
        Assessment assessment = new Assessment(now);
        List<Subject> all = new ArrayList<>(subjects.of(request));
        all.add(all.size() - 1, slice);
        all.forEach(subject -> assessment.add(subject, known(subject.id())));
        addTotals(assessment);
        if (assessment.charge().allowed()) {
            velocity.overruns(request.destination(), request.onFile()).forEach(assessment::add);
        }
        if (assessment.charge().allowed()) {
            velocity.take(request.destination(), request.onFile());
            arrivals.putAll(assessment.arrivals());
            charged.putAll(assessment.arrivals());
        }
        return assessment;
    }

    /** Reports the whole budget if a slice's part of it is used up. A budget that refuses nothing has no parts. */
    private void addTotals(Assessment assessment) {
        for (TotalBudget total : subjects.totals()) {
            long used = used(total);
            if (used >= total.total() || assessment.isUsedUp(total)) {
                assessment.add(new Overrun(total.name(), total.mode(), used, total.total(), total.retryAfter(now)));
            }
        }
    }

    /** Returns what was charged, in the order of the subjects: by policy the arrival time in microseconds since 1970. */
    Map<String, Map<String, Long>> charged() {
        return charged;
    }
}
