package io.pims.authentication.ratelimit;

import io.pims.authentication.ratelimit.Subject.Policy;
import io.pims.authentication.readiness.Ready;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The limits on asking for codes, counted in PostgreSQL by the {@link Gcra generic cell rate algorithm}, so that they
 * are exact across replicas. A charge belongs to the SQL transaction around it: one that is rolled back costs
 * nothing.
 *
 * <p>The limits of the whole service would be one row for which every request queues. They are cut into slices of
 * equal size, each a row of its own, of which a request takes one at random. If that one is used up, the request is
 * tried once more on the slice with the most room: the total is never exceeded, and a refusal means that (nearly) all
 * of it is used.
 */
@Startup
@ApplicationScoped
public class RateLimits {

    static final String SERVICE = "service/";

    /**
     * Takes the rows' locks in one order, so that two requests never wait for each other. The time is that after the
     * wait: by the time of the transaction's begin, a request would come before those that it waited for, and be
     * refused where there is room.
     */
    private static final String LOCK = """
            INSERT INTO rate_limit (subject)
            SELECT asked.subject FROM jsonb_array_elements_text(CAST(CAST(:subjects AS text) AS jsonb)) AS asked(subject)
            ORDER BY asked.subject
            ON CONFLICT (subject) DO UPDATE SET subject = excluded.subject
            RETURNING subject, CAST(arrivals AS text), CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)
            """;

    private static final String CHARGE = """
            UPDATE rate_limit
            SET arrivals = charged.arrivals, idle_at = to_timestamp(charged.idle_at / 1000000.0)
            FROM jsonb_to_recordset(CAST(CAST(:charged AS text) AS jsonb))
                AS charged(subject text, arrivals jsonb, idle_at bigint)
            WHERE rate_limit.subject = charged.subject
            """;

    private static final String SEED = """
            INSERT INTO rate_limit (subject)
            SELECT slice.subject FROM jsonb_array_elements_text(CAST(CAST(:slices AS text) AS jsonb)) AS slice(subject)
            ON CONFLICT (subject) DO NOTHING
            """;

    /** Skips what is locked: this request holds a slice already, so waiting for another could end in a deadlock. */
    private static final String ROOMIEST_SLICE = """
            SELECT subject FROM rate_limit
            WHERE subject IN (SELECT jsonb_array_elements_text(CAST(CAST(:slices AS text) AS jsonb)))
            ORDER BY idle_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """;

    private final RateLimitConfig config;
    private final List<Policy> userAndType;
    private final List<Policy> user;
    private final List<Policy> number;
    private final List<Policy> address;
    private final List<Policy> serviceSlice;

    public RateLimits(RateLimitConfig config) {
        this.config = config;
        this.userAndType = policies("user-type", config.userAndType());
        this.user = policies("user", config.user());
        this.number = policies("number", config.number());
        this.address = policies("address", config.address());
        this.serviceSlice = policies("service", config.service()).stream()
                .map(policy -> new Policy(policy.name(), slice(policy.limit(), config.serviceSlices()), policy.limit()))
                .toList();
    }

    private static Limit slice(Limit limit, int slices) {
        if (limit.count() % slices != 0) {
            throw new ConfigurationException(
                    "pims.ratelimit.service must have counts that are multiples of pims.ratelimit.service-slices ("
                            + slices + ")",
                    Set.of("pims.ratelimit.service"));
        }
        return new Limit(limit.count() / slices, limit.window());
    }

    private static List<Policy> policies(String name, Optional<List<Limit>> limits) {
        return limits.orElse(List.of()).stream()
                .map(limit -> new Policy(name + "-" + limit.window().toSeconds() + "s", limit, limit))
                .toList();
    }

    /** Charges the applicant within the SQL transaction at hand, which the caller rolls back if it is refused. */
    public Uni<Charge> charge(Applicant applicant) {
        String slice = slice(ThreadLocalRandom.current().nextInt(config.serviceSlices()));
        return Panache.getSession()
                .flatMap(session -> assess(session, applicant, slice)
                        .flatMap(assessment -> assessment.refusedByServiceAlone()
                                ? roomiestSlice(session)
                                        .flatMap(roomiest ->
                                                assess(session, applicant, roomiest == null ? slice : roomiest))
                                : Uni.createFrom().item(assessment))
                        .flatMap(assessment -> write(session, assessment)));
    }

    private static String slice(int index) {
        return SERVICE + index;
    }

    private Uni<Assessment> assess(Mutiny.Session session, Applicant applicant, String slice) {
        Map<String, Subject> subjects = new HashMap<>();
        for (Subject subject : subjects(applicant, slice)) {
            subjects.put(subject.id(), subject);
        }
        return session.createNativeQuery(LOCK, Object[].class)
                .setParameter("subjects", new JsonArray(new ArrayList<>(subjects.keySet())).encode())
                .getResultList()
                .map(rows -> {
                    Assessment assessment = new Assessment(rows.stream()
                            .mapToLong(row -> ((Number) row[2]).longValue())
                            .max()
                            .orElseThrow());
                    rows.stream()
                            .sorted(Comparator.comparing(row -> (String) row[0]))
                            .forEach(row -> assessment.add(subjects.get((String) row[0]), arrivals((String) row[1])));
                    return assessment;
                });
    }

    private List<Subject> subjects(Applicant applicant, String slice) {
        List<Policy> ofUser = new ArrayList<>(user);
        userAndType.forEach(policy ->
                ofUser.add(new Policy(policy.name() + "-" + applicant.type(), policy.limit(), policy.advertised())));
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject("user/" + applicant.user(), ofUser));
        subjects.add(new Subject("number/" + applicant.numberHash(), number));
        if (config.addressEnabled()) {
            applicant.addressHash().ifPresent(hash -> subjects.add(new Subject("address/" + hash, address)));
        }
        subjects.add(new Subject(slice, serviceSlice));
        return subjects;
    }

    private Uni<String> roomiestSlice(Mutiny.Session session) {
        return session.createNativeQuery(ROOMIEST_SLICE, String.class)
                .setParameter("slices", slices())
                .getSingleResultOrNull();
    }

    private String slices() {
        JsonArray slices = new JsonArray();
        for (int index = 0; index < config.serviceSlices(); index++) {
            slices.add(slice(index));
        }
        return slices.encode();
    }

    /** Makes the service's rows, so that the choice of the roomiest one finds them all. */
    void seed(@Observes Ready ready) throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> Panache.withTransaction(() -> Panache.getSession()
                .flatMap(session -> session.createNativeQuery(SEED)
                        .setParameter("slices", slices())
                        .executeUpdate())));
    }

    private Uni<Charge> write(Mutiny.Session session, Assessment assessment) {
        Charge charge = assessment.charge();
        if (!charge.allowed()) {
            return Uni.createFrom().item(charge);
        }
        JsonArray charged = new JsonArray();
        assessment
                .arrivals()
                .forEach((subject, arrivals) -> charged.add(new JsonObject()
                        .put("subject", subject)
                        .put("arrivals", new JsonObject(new HashMap<>(arrivals)))
                        .put("idle_at", Assessment.idleAt(arrivals.values()))));
        return session.createNativeQuery(CHARGE)
                .setParameter("charged", charged.encode())
                .executeUpdate()
                .replaceWith(charge);
    }

    private static Map<String, Long> arrivals(String json) {
        Map<String, Long> arrivals = new HashMap<>();
        new JsonObject(json).forEach(entry -> arrivals.put(entry.getKey(), ((Number) entry.getValue()).longValue()));
        return arrivals;
    }
}
