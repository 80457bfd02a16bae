package io.pims.authentication.ratelimit;

import static java.util.stream.Collectors.toMap;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.ratelimit.Charge.Quota;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
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
     * Locks the rows in one order for all, and adds those that are not there. Returns what the last one to have the lock
     * has left, and the time after the lock was had.
     */
    static final String OPEN = """
            INSERT INTO rate_limit (subject)
            SELECT subject FROM json_array_elements_text(CAST(CAST(:subjects AS text) AS json)) AS subjects (subject)
            ORDER BY subject COLLATE "C"
            ON CONFLICT (subject) DO UPDATE SET idle_at = rate_limit.idle_at
            RETURNING subject, CAST(arrivals AS text),
                CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint) AS now
            """;

    /** All of them are there by now. By their keys, as a join might read the whole table. */
    static final String WRITE = """
            INSERT INTO rate_limit (subject, arrivals, idle_at)
            SELECT subject, arrivals, to_timestamp(idle / 1000000.0)
            FROM json_to_recordset(CAST(CAST(:charged AS text) AS json))
                AS charged (subject text, arrivals jsonb, idle bigint)
            ON CONFLICT (subject) DO UPDATE SET arrivals = excluded.arrivals, idle_at = excluded.idle_at
            """;

    /** So many rows of one backend at the most, or all of its verifications would queue for one. */
    private static final int MOST_SLICES = 20;

    private final List<Limit> attempt;
    private final List<Limit> verification;
    private final List<Limit> verifier;
    private final int slices;

    AttemptLimits(RateLimitConfig config) {
        this.attempt = config.attempt().orElse(List.of());
        this.verification = config.verification().orElse(List.of());
        this.verifier = config.verifier().orElse(List.of());
        this.slices = slices(verifier);
    }

    /** As many as cut each limit into equal parts. */
    static int slices(List<Limit> limits) {
        return IntStream.rangeClosed(1, MOST_SLICES)
                .filter(slices -> limits.stream().allMatch(limit -> limit.count() % slices == 0))
                .max()
                .orElseThrow();
    }

    /**
     * The limits of one subject; a name is completed by the limit's window.
     *
     * @param slices of how many such subjects the limits are
     */
    private record Limited(String subject, String name, String suffix, List<Limit> limits, int slices) {

        private String policy(Limit limit) {
            return limit.policy(name) + suffix;
        }

        private Limit part(Limit limit) {
            return new Limit(limit.count() / slices, limit.window());
        }
    }

    /**
     * Counts a driver's own attempt, within the session's SQL transaction.
     *
     * @param action as the API names it, such as {@code reset}
     * @return fails with {@link ApiException} 429, 2201 over a limit
     */
    public Uni<Void> count(String user, String action) {
        return count(Stream.of(new Limited("attempt/" + user, "attempt", "-" + action, attempt, 1)));
    }

    /** Counts that a backend tries a user's PIN, in the same way; of its own limits on any slice. */
    public Uni<Void> countVerification(String user, String backend) {
        String slice = "verifier/" + ThreadLocalRandom.current().nextInt(slices) + "/" + backend;
        return count(Stream.of(
                new Limited("verification/" + user, "verification", "", verification, 1),
                new Limited(slice, "verifier", "", verifier, slices)));
    }

    private static Uni<Void> count(Stream<Limited> subjects) {
        List<Limited> limited =
                subjects.filter(subject -> !subject.limits().isEmpty()).toList();
        if (limited.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String ids = new JsonArray(limited.stream().map(Limited::subject).toList()).encode();
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(OPEN, Object[].class)
                        .setParameter("subjects", ids)
                        .getResultList()
                        .map(rows -> charge(limited, rows))
                        .flatMap(charged -> session.createNativeQuery(WRITE)
                                .setParameter("charged", charged.encode())
                                .executeUpdate()))
                .replaceWithVoid();
    }

    /** What to write if all have room for one more. */
    private static JsonArray charge(List<Limited> subjects, List<Object[]> rows) {
        Map<String, JsonObject> known =
                rows.stream().collect(toMap(row -> (String) row[0], row -> new JsonObject((String) row[1])));
        long now = rows.stream().mapToLong(row -> (Long) row[2]).max().orElseThrow();
        Optional<Quota> refusal = Optional.empty();
        JsonArray charged = new JsonArray();
        for (Limited subject : subjects) {
            JsonObject arrivals = known.get(subject.subject());
            arrivals.getMap().values().removeIf(arrival -> ((Number) arrival).longValue() <= now);
            for (Limit limit : subject.limits()) {
                String policy = subject.policy(limit);
                Gcra.Decision decision = Gcra.decide(subject.part(limit), arrivals.getLong(policy, 0L), now);
                arrivals.put(policy, decision.arrival());
                if (!decision.allowed()) {
                    Quota quota = new Quota(policy, limit, 0, decision.retryAfter());
                    refusal = refusal.filter(other -> other.retryAfter().compareTo(quota.retryAfter()) > 0)
                            .or(() -> Optional.of(quota));
                }
            }
            charged.add(new JsonObject()
                    .put("subject", subject.subject())
                    .put("arrivals", arrivals)
                    .put("idle", idleAt(arrivals)));
        }
        refusal.ifPresent(quota -> {
            throw RateLimitHeaders.refusal(quota);
        });
        return charged;
    }

    private static long idleAt(JsonObject arrivals) {
        return arrivals.stream()
                .mapToLong(arrival -> ((Number) arrival.getValue()).longValue())
                .max()
                .orElseThrow();
    }
}
