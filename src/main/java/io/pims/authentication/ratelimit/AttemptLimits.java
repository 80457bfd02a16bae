package io.pims.authentication.ratelimit;

import static java.util.stream.Collectors.toMap;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.ratelimit.Subject.Policy;
import io.pims.authentication.ratelimit.Subject.Users;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The limits on trying codes and PINs, counted in the SQL transaction of the attempt: one that is rolled back costs
 * nothing. They have rows of their own, apart from those of {@link RateLimits}, and are locked by these rows.
 */
@Startup
@ApplicationScoped
public class AttemptLimits {

    /**
     * Locks the rows, always in one order, and adds those that are missing. Returns their arrivals, and the time after the
     * locks were had.
     */
    static final String OPEN = """
            INSERT INTO rate_limit (subject)
            SELECT subject FROM json_array_elements_text(CAST(CAST(:subjects AS text) AS json)) AS subjects (subject)
            ORDER BY subject COLLATE "C"
            ON CONFLICT (subject) DO UPDATE SET idle_at = rate_limit.idle_at
            RETURNING subject, CAST(arrivals AS text),
                CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint) AS now
            """;

    /** All rows exist by now. Finds them by their keys, as a join might read the whole table. */
    static final String WRITE = """
            INSERT INTO rate_limit (subject, arrivals, idle_at)
            SELECT subject, arrivals, to_timestamp(idle / 1000000.0)
            FROM json_to_recordset(CAST(CAST(:charged AS text) AS json))
                AS charged (subject text, arrivals jsonb, idle bigint)
            ON CONFLICT (subject) DO UPDATE SET arrivals = excluded.arrivals, idle_at = excluded.idle_at
            """;

    /** Rows that one backend has at the most. With a single row all of its verifications would queue. */
    private static final int MOST_SLICES = 20;

    static final String PIN_UPDATE = "pin-update";

    /** No setting: the odds of guesses on the page about security rest on it. */
    static final Optional<List<Limit>> UNBLOCK = Optional.of(List.of(new Limit(1, Duration.ofDays(1))));

    private final List<Policy> attempt;
    private final List<Policy> pinUpdate;
    private final List<Policy> verification;
    private final List<Policy> verifierSlice;
    private final List<Policy> support;
    private final List<Policy> recovery;
    private final List<Policy> unblock = Policy.of("unblock", UNBLOCK);
    private final int slices;

    AttemptLimits(RateLimitConfig config) {
        this.attempt = Policy.of("attempt", config.attempt());
        this.pinUpdate = Policy.of(PIN_UPDATE, config.pinUpdate());
        this.verification = Policy.of("verification", config.verification());
        this.support = Policy.of("support", config.support());
        this.recovery = Policy.of("recovery", config.recovery());
        this.slices = slices(config.verifier().orElse(List.of()));
        this.verifierSlice = Policy.of("verifier", config.verifier()).stream()
                .map(policy -> policy.slice(slices))
                .toList();
    }

    /** Returns the largest number of slices that cuts each limit into equal parts. */
    static int slices(List<Limit> limits) {
        return IntStream.rangeClosed(1, MOST_SLICES)
                .filter(slices -> limits.stream().allMatch(limit -> limit.count() % slices == 0))
                .max()
                .orElseThrow();
    }

    /**
     * Counts a driver's own attempt, within the session's SQL transaction.
     *
     * @param action as the API names it, such as {@code reset}
     * @return fails with {@link ApiException} 429, 2201 over a limit
     */
    public Uni<Void> count(String user, String action) {
        List<Policy> policies =
                attempt.stream().map(policy -> policy.of(action)).toList();
        return count(Stream.of(new Subject(Subjects.ATTEMPT + user, Users.CALLER, policies)));
    }

    /** Counts a PIN that is changed with the old one, in the same way. */
    public Uni<Void> countPinUpdate(String user) {
        return count(Stream.of(new Subject(Subjects.ATTEMPT + user, Users.CALLER, pinUpdate)));
    }

    /** Counts a backend's attempt at a user's PIN in the same way, against the backend's limits on a random slice. */
    public Uni<Void> countVerification(String user, String backend) {
        String slice = "verifier/" + ThreadLocalRandom.current().nextInt(slices) + "/" + backend;
        return count(Stream.of(
                new Subject(Subjects.VERIFICATION + user, Users.CALLER, verification),
                new Subject(slice, Users.CALLER, verifierSlice)));
    }

    /** Counts a call of the help desk against the limits of the person who makes it. */
    public Uni<Void> countSupport(String agent) {
        return count(Stream.of(new Subject("support/" + agent, Users.CALLER, support)));
    }

    /** Counts a call for a recovery, which {@link #countSupport} has counted as a call. */
    public Uni<Void> countRecovery(String agent) {
        return count(Stream.of(new Subject("recovery/" + agent, Users.CALLER, recovery)));
    }

    /** Counts that a driver is unblocked: once a day, whoever does it. */
    public Uni<Void> countUnblock(String user) {
        return count(Stream.of(new Subject(Subjects.UNBLOCK + user, Users.CALLER, unblock)));
    }

    private static Uni<Void> count(Stream<Subject> all) {
        List<Subject> subjects =
                all.filter(subject -> !subject.policies().isEmpty()).toList();
        if (subjects.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String ids = new JsonArray(subjects.stream().map(Subject::id).toList()).encode();
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(OPEN, Object[].class)
                        .setParameter("subjects", ids)
                        .getResultList()
                        .map(rows -> charge(subjects, rows))
                        .flatMap(charged -> session.createNativeQuery(WRITE)
                                .setParameter("charged", charged.encode())
                                .executeUpdate()))
                .replaceWithVoid();
    }

    /** Returns what to write if all have room for one more. */
    private static JsonArray charge(List<Subject> subjects, List<Object[]> rows) {
        Map<String, Map<String, Long>> known =
                rows.stream().collect(toMap(row -> (String) row[0], row -> RateLimits.arrivals((String) row[1])));
        Assessment assessment = new Assessment(
                rows.stream().mapToLong(row -> (Long) row[2]).max().orElseThrow());
        subjects.forEach(subject -> assessment.add(subject, known.get(subject.id())));
        Charge charge = assessment.charge();
        if (!charge.allowed()) {
            throw RateLimitHeaders.refusal(charge.quota());
        }
        JsonArray charged = new JsonArray();
        assessment
                .arrivals()
                .forEach((subject, arrivals) -> charged.add(new JsonObject()
                        .put("subject", subject)
                        .put("arrivals", arrivals)
                        .put("idle", Assessment.idleAt(arrivals))));
        return charged;
    }
}
