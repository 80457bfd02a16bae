package io.pims.authentication.budget;

import io.pims.authentication.budget.SubjectVelocity.Count;
import io.pims.authentication.trustedphonenumber.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The velocity of some destinations while requests are decided: read from the database at first, and what was taken
 * written back at the end. Knows no database.
 *
 * <p>A code to a number that is on file of whoever asks is counted and never refused: somebody has read a code there
 * before. Else whoever asks for codes to the neighbours of a number, or to itself, would shut out the one whose it is.
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
     * @param counts by subject; one that is not here has no history
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
     * What to write of one subject and period.
     *
     * @param beginsAt microseconds since 1970
     * @param budget what must not be exceeded; null if nothing is refused
     */
    record Taken(String subject, BudgetPeriod period, long beginsAt, long count, Long budget) {}

    /**
     * The budgets that have no room for one more code to there, the prefix's first.
     *
     * @param onFile whether the number is on file of whoever asks
     */
    public List<Overrun> overruns(Destination destination, boolean onFile) {
        if (mode == BudgetMode.OFF) {
            return List.of();
        }
        List<Overrun> overruns = new ArrayList<>();
        if (destination.prefixHash() != null) {
            overruns(PREFIX, of(prefix(destination)), mode(destination, onFile), overruns);
        }
        overruns(COUNTRY, of(country(destination)), mode(destination, onFile), overruns);
        return overruns;
    }

    private void overruns(String kind, SubjectVelocity subject, BudgetMode applied, List<Overrun> overruns) {
        for (BudgetPeriod period : BudgetPeriod.values()) {
            if (!subject.hasRoom(period)) {
                overruns.add(new Overrun(
                        kind + "-" + period.word(),
                        applied,
                        subject.used(period),
                        subject.budget(period),
                        period.untilEnd(now)));
            }
        }
    }

    /** Numbers from before the country was kept would share one budget; no new one is among them. */
    private BudgetMode mode(Destination destination, boolean onFile) {
        return destination.isKnown() && !onFile ? mode : BudgetMode.RECORD;
    }

    /** Counts a code to there. */
    public void take(Destination destination, boolean onFile) {
        if (mode == BudgetMode.OFF) {
            return;
        }
        of(country(destination)).take(onFile);
        if (destination.prefixHash() != null) {
            of(prefix(destination)).take(onFile);
        }
    }

    /** In one order, so that two SQL transactions never wait for each other. */
    List<Taken> taken() {
        List<Taken> all = new ArrayList<>();
        subjects.forEach((name, subject) -> {
            for (BudgetPeriod period : BudgetPeriod.values()) {
                if (subject.taken(period) > 0) {
                    boolean enforced = mode == BudgetMode.ENFORCE
                            && !name.equals(country(Destination.UNKNOWN))
                            && subject.taken(period) > subject.exempt();
                    Long budget = enforced ? Long.valueOf(subject.budget(period) + subject.exempt()) : null;
                    all.add(new Taken(name, period, period.begin(now), subject.taken(period), budget));
                }
            }
        });
        return all;
    }

    private SubjectVelocity of(String subject) {
        return subjects.computeIfAbsent(
                subject,
                name -> new SubjectVelocity(
                        name.startsWith(COUNTRY) ? ofCountry : ofPrefix, counts.getOrDefault(name, List.of()), now));
    }

    static String country(Destination destination) {
        return COUNTRY + "/" + destination.country();
    }

    static String prefix(Destination destination) {
        return PREFIX + "/" + destination.prefixHash();
    }
}
