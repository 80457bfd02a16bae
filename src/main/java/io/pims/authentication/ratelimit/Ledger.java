package io.pims.authentication.ratelimit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What some subjects have used of their limits: read under their locks, charged in memory, and written back in the same
 * SQL transaction. Requests that share it are charged one after the other.
 */
public final class Ledger {

    private final Subjects subjects;
    private final long now;
    private final Map<String, Map<String, Long>> arrivals;
    private final Map<String, Long> idleAt;
    private final Map<String, Map<String, Long>> charged = new TreeMap<>();
    private final Set<String> slicesHad = new HashSet<>();
    private Subject slice;

    /**
     * @param now microseconds since 1970, by the database's clock, after the locks were had
     * @param arrivals by subject and policy; a subject that is not here is fresh
     * @param idleAt when each slice of the service is fresh again, as far as can be seen without its lock
     */
    Ledger(Subjects subjects, long now, Map<String, Map<String, Long>> arrivals, Map<String, Long> idleAt) {
        this.subjects = subjects;
        this.now = now;
        this.arrivals = arrivals;
        this.idleAt = idleAt;
    }

    /** From now on the service's limits are charged on this slice, whose lock is held. */
    void use(String locked, Map<String, Long> known) {
        arrivals.put(locked, known);
        slice = subjects.slice(locked);
        slicesHad.add(locked);
    }

    /** The slices that were not tried yet, the one with the most room first. */
    List<String> otherSlices() {
        List<String> others = subjects.slicesShuffled();
        others.removeAll(slicesHad);
        others.sort(Comparator.comparingLong(other -> idleAt.getOrDefault(other, Long.MIN_VALUE)));
        return others;
    }

    private Map<String, Long> known(String subject) {
        return arrivals.getOrDefault(subject, Map.of());
    }

    /** Charges all limits if every one has room, else none. */
    Assessment charge(Applicant applicant) {
        Assessment assessment = new Assessment(now);
        List<Subject> all = new ArrayList<>(subjects.of(applicant));
        all.add(all.size() - 1, slice);
        all.forEach(subject -> assessment.add(subject, known(subject.id())));
        if (assessment.charge().allowed()) {
            arrivals.putAll(assessment.arrivals());
            charged.putAll(assessment.arrivals());
        }
        return assessment;
    }

    /** What was charged: by subject, in their order, the arrival time by policy. */
    Map<String, Map<String, Long>> charged() {
        return charged;
    }
}
