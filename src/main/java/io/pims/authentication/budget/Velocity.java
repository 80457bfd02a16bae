package io.pims.authentication.budget;

import io.pims.authentication.budget.SubjectVelocity.Count;
import io.pims.authentication.trustedphonenumber.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The velocity of some destinations while requests are decided: read from the database first, and written back at the end.
 * Knows no database.
 *
 * <p>A code to a number that is on file of the driver who asks is counted and never refused: somebody has read a code there
 * before. Else an attacker who asks for codes to a number or its neighbours would shut out its owner.
 */
public final class Velocity {

    /** Nothing is counted. */
    public static final Velocity OFF = new Velocity(BudgetMode.OFF, null, null, Map.of(), 0);

    static final String COUNTRY = "country";
    static final String PREFIX = "prefix";

    private final BudgetMode mode;
    private final VelocityBudget ofCountry;
    private final VelocityBudget ofPrefix;
    private final Map<String, List<Count>> counts;
    private final long now;
    private final Map<String, SubjectVelocity> subjects = new TreeMap<>();

    /**
     * @param counts by subject; a subject that is missing has no history
     * @param now microseconds since 1970, by the database's clock
     */
    Velocity(
            BudgetMode mode,
            VelocityBudget ofCountry,
            VelocityBudget ofPrefix,
            Map<String, List<Count>> counts,
            long now) {
        this.mode = mode;
        this.ofCountry = ofCountry;
        this.ofPrefix = ofPrefix;
        this.counts = counts;
        this.now = now;
    }

    /**
     * The codes to write for one subject and period.
     *
     * @param beginsAt microseconds since 1970
     * @param count codes
     * @param budget unspent codes that the row must not exceed; null if nothing is refused
     */
    record Taken(String subject, BudgetPeriod period, long beginsAt, long count, Long budget) {}

    /**
     * Returns the budgets that have no room for one more code to the destination, those of the prefix first.
     *
     * @param onFile true if the number is on file of the driver who asks
     */
    public List<Overrun> overruns(Destination destination, boolean onFile) {
        List<Overrun> overruns = new ArrayList<>();
        if (mode != BudgetMode.OFF) {
            for (String name : subjects(destination)) {
                SubjectVelocity subject = of(name);
                for (BudgetPeriod period : BudgetPeriod.values()) {
                    if (!subject.hasRoom(period)) {
                        overruns.add(new Overrun(
                                kind(name) + "-" + period.word(),
                                mode(destination, onFile),
                                subject.used(period),
                                subject.budget(period),
                                period.untilEnd(now)));
                    }
                }
            }
        }
        return overruns;
    }

    /** Refuses nothing to an unknown country: all numbers from before the country was kept would share one budget. */
    private BudgetMode mode(Destination destination, boolean onFile) {
        return destination.isKnown() && !onFile ? mode : BudgetMode.RECORD;
    }

    /** Counts a code to the destination. */
    public void take(Destination destination, boolean onFile) {
        if (mode != BudgetMode.OFF) {
            subjects(destination).forEach(subject -> of(subject).take(onFile));
        }
    }

    /** Returns the codes to write in one order, so that two SQL transactions never wait for each other. */
    List<Taken> taken() {
        List<Taken> all = new ArrayList<>();
        subjects.forEach((name, subject) -> {
            for (BudgetPeriod period : BudgetPeriod.values()) {
                if (subject.taken() > 0) {
                    boolean enforced = mode == BudgetMode.ENFORCE
                            && !name.equals(country(Destination.UNKNOWN))
                            && subject.taken() > subject.exempt();
                    Long budget = enforced ? Long.valueOf(subject.budget(period) + subject.exempt()) : null;
                    all.add(new Taken(name, period, period.begin(now), subject.taken(), budget));
                }
            }
        });
        return all;
    }

    private SubjectVelocity of(String subject) {
        return subjects.computeIfAbsent(
                subject,
                name -> new SubjectVelocity(
                        kind(name).equals(COUNTRY) ? ofCountry : ofPrefix, counts.getOrDefault(name, List.of()), now));
    }

    private static String kind(String subject) {
        return subject.substring(0, subject.indexOf('/'));
    }

    /** Returns the names of the destination's prefix, where it is known, and of its country. */
    static List<String> subjects(Destination destination) {
        return destination.prefixHash() == null
                ? List.of(country(destination))
                : List.of(PREFIX + "/" + destination.prefixHash(), country(destination));
    }

    private static String country(Destination destination) {
        return COUNTRY + "/" + destination.country();
    }
}
