package io.pims.authentication.ratelimit;

import static java.util.stream.Collectors.toMap;

import io.pims.authentication.budget.BudgetConfig;
import io.pims.authentication.database.DatabaseTime;
import io.pims.authentication.ratelimit.Subject.Policy;
import io.pims.authentication.ratelimit.Subject.Users;
import io.pims.authentication.trustedphonenumber.Destination;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one driver has used of the limits, for whoever helps him. All methods need the session's SQL transaction.
 */
@ApplicationScoped
public class DriverLimits {

    /** Locks in the order of {@link RateLimits#LOCK}. */
    private static final String LOCK = """
            SELECT CAST(pg_advisory_xact_lock(key) AS text) FROM (
                SELECT hashtextextended(subject, %d) AS key
                FROM json_array_elements_text(CAST(CAST(:subjects AS text) AS json)) AS subjects (subject)
                ORDER BY key) AS keys
            """.formatted(RateLimits.LOCK_SEED);

    static final String READ = """
            SELECT subject, CAST(arrivals AS text) FROM rate_limit
            WHERE subject IN (:asking, :number, :attempts, :verifications)
            """;

    private static final String WRITE =
            "UPDATE rate_limit SET arrivals = CAST(CAST(:arrivals AS text) AS jsonb) WHERE subject = :subject";

    static final String FREE_ATTEMPTS = "DELETE FROM rate_limit WHERE subject IN (:attempts, :verifications)";

    private static final String NOBODY = Subjects.NUMBER;

    private final Subjects subjects;
    private final List<Policy> attempt;
    private final List<Policy> pinUpdate;
    private final List<Policy> verification;

    DriverLimits(RateLimitConfig config, BudgetConfig budget) {
        this.subjects = new Subjects(config, budget.total());
        this.attempt = Policy.of("attempt", config.attempt());
        this.pinUpdate = Policy.of(AttemptLimits.PIN_UPDATE, config.pinUpdate());
        this.verification = Policy.of("verification", config.verification());
    }

    /** Locks what a request of the driver for a code locks first: none is decided about until the SQL transaction ends. */
    public Uni<Void> lock(String user) {
        return lock(List.of(asking(user)));
    }

    /** Locks the same, and the number on file with it: one after the other would not be in the order of the requests. */
    public Uni<Void> lock(String user, Optional<byte[]> numberHash) {
        return lock(subjects(user, numberHash).map(Subject::id).toList());
    }

    private static Uni<Void> lock(List<String> ids) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(LOCK, String.class)
                        .setParameter("subjects", new JsonArray(ids).encode())
                        .getResultList())
                .replaceWithVoid();
    }

    /**
     * Returns the limits on requests for codes, and on attempts, of which something is used.
     *
     * @param numberHash of the number on file, whose limits are counted by number
     */
    public Uni<List<LimitState>> of(String user, Optional<byte[]> numberHash) {
        return DatabaseTime.now()
                .flatMap(now -> read(user, numberHash)
                        .map(used -> Stream.concat(subjects(user, numberHash), tried(user, used))
                                .flatMap(subject -> subject.policies().stream()
                                        .filter(policy -> arrival(used, subject, policy) > micros(now))
                                        .map(policy ->
                                                LimitState.of(policy, arrival(used, subject, policy), micros(now))))
                                .toList()));
    }

    /**
     * Gives the driver room again: one more request in the longest window, and attempts as if none had been made. No code
     * and no PIN takes more guesses by this. Needs the locks of {@link #lock(String, Optional)}.
     */
    public Uni<Void> relieve(String user, Optional<byte[]> numberHash) {
        List<Subject> all = subjects(user, numberHash).toList();
        return DatabaseTime.now()
                .flatMap(now -> read(user, numberHash)
                        .flatMap(used -> Multi.createFrom()
                                .iterable(all)
                                .filter(subject -> used.containsKey(subject.id()))
                                .onItem()
                                .transformToUniAndConcatenate(subject -> write(
                                        subject.id(),
                                        Relief.of(subject.policies(), used.get(subject.id()), micros(now))))
                                .collect()
                                .asList()))
                .chain(() -> freeAttempts(user));
    }

    private static Uni<Void> write(String subject, Map<String, Long> arrivals) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(WRITE)
                        .setParameter("subject", subject)
                        .setParameter("arrivals", Json.encode(arrivals))
                        .executeUpdate())
                .replaceWithVoid();
    }

    private static Uni<Void> freeAttempts(String user) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(FREE_ATTEMPTS)
                        .setParameter("attempts", attempts(user))
                        .setParameter("verifications", verifications(user))
                        .executeUpdate())
                .replaceWithVoid();
    }

    private static Uni<Map<String, Map<String, Long>>> read(String user, Optional<byte[]> numberHash) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(READ, Object[].class)
                        .setParameter("asking", asking(user))
                        .setParameter(
                                "number", numberHash.map(DriverLimits::number).orElse(NOBODY))
                        .setParameter("attempts", attempts(user))
                        .setParameter("verifications", verifications(user))
                        .getResultList())
                .map(rows -> rows.stream()
                        .collect(toMap(row -> (String) row[0], row -> RateLimits.arrivals((String) row[1]))));
    }

    /** Returns those that a request for a reset code is charged on, but the address and the service. */
    private Stream<Subject> subjects(String user, Optional<byte[]> numberHash) {
        return subjects
                .of(new ChargedRequest(
                        user,
                        "resetPIN",
                        numberHash.map(HexFormat.of()::formatHex),
                        true,
                        Optional.empty(),
                        Destination.UNKNOWN))
                .stream();
    }

    private Stream<Subject> tried(String user, Map<String, Map<String, Long>> used) {
        Set<String> names = used.getOrDefault(attempts(user), Map.of()).keySet();
        return Stream.of(
                new Subject(attempts(user), Users.CALLER, ofOperations(attempt, names)),
                new Subject(attempts(user), Users.CALLER, pinUpdate),
                new Subject(verifications(user), Users.CALLER, verification));
    }

    /**
     * Returns the limits of each operation that was tried.
     *
     * @param names of what is used, which end with the operation
     */
    static List<Policy> ofOperations(List<Policy> policies, Set<String> names) {
        return names.stream()
                .map(name -> name.substring(name.lastIndexOf('-') + 1))
                .distinct()
                .sorted()
                .flatMap(operation -> policies.stream().map(policy -> policy.of(operation)))
                .toList();
    }

    private static long arrival(Map<String, Map<String, Long>> used, Subject subject, Policy policy) {
        return used.getOrDefault(subject.id(), Map.of()).getOrDefault(policy.name(), 0L);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static String asking(String user) {
        return Subjects.USER + user;
    }

    private static String number(byte[] hash) {
        return Subjects.NUMBER + HexFormat.of().formatHex(hash);
    }

    private static String attempts(String user) {
        return Subjects.ATTEMPT + user;
    }

    private static String verifications(String user) {
        return Subjects.VERIFICATION + user;
    }
}
