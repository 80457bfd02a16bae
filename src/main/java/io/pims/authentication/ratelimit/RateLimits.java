package io.pims.authentication.ratelimit;

import static java.util.stream.Collectors.toMap;

import io.pims.authentication.budget.BudgetConfig;
import io.pims.authentication.budget.Velocity;
import io.pims.authentication.database.ColumnArrays;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The limits on asking for codes, counted in PostgreSQL by the {@link Gcra generic cell rate algorithm}, so that they
 * are exact across replicas. A charge belongs to the SQL transaction on the connection: one that is rolled back costs
 * nothing.
 *
 * <p>A subject is locked by an advisory lock of its name until that transaction ends. A row's lock would be written to
 * the table and to the log, and a subject that is new has no row.
 */
@Startup
@ApplicationScoped
public class RateLimits {

    /** Keeps these advisory locks apart from others: they hash with another seed, or not at all. */
    public static final int LOCK_SEED = 4711;

    /**
     * Locks the subjects that are named and the numbers on file of the users that are named, and returns all of them. Locks
     * in one order, so that two transactions never wait for each other.
     */
    static final String LOCK = """
            SELECT coalesce(array_agg(subject), '{}') AS subjects FROM (
                SELECT subject, pg_advisory_xact_lock(key) FROM (
                    SELECT subject, hashtextextended(subject, %d) AS key FROM (
                        SELECT unnest($1::text[]) AS subject
                        UNION SELECT '%s' || encode(number_hash, 'hex') FROM %s) AS named
                    ORDER BY key) AS keys) AS locked
            """.formatted(LOCK_SEED, Subjects.NUMBER, TrustedPhoneNumbers.OF_USERS);

    /** Locks the first slice that nobody holds. Never waits, as this transaction holds other locks. */
    static final String FREE_SLICE = """
            SELECT slice FROM unnest($1::text[]) AS slice
            WHERE pg_try_advisory_xact_lock(hashtextextended(slice, %d)) LIMIT 1
            """.formatted(LOCK_SEED);

    /**
     * Reads the subjects that are named, and the numbers on file of the users that are named. Returns at least one row, for
     * the time. It is the time after the locks were had: by the time of its begin, a transaction would come before those that
     * it waited for, and be refused where there is room. A number that has changed since {@link #LOCK} is read without its
     * lock: {@link Ledger#isOpen} tells.
     */
    static final String READ = """
            SELECT (extract(epoch FROM now) * 1000000)::bigint AS now, subject, arrivals::text AS arrivals
            FROM (SELECT clock_timestamp() AS now) AS clock LEFT JOIN rate_limit
                ON subject = ANY($1::text[] || ARRAY(SELECT '%s' || encode(number_hash, 'hex') FROM %s))
            """.formatted(Subjects.NUMBER, TrustedPhoneNumbers.OF_USERS);

    /** {@link IdleSubjectRetention} may have deleted a row since it was read. */
    static final String UPSERT = """
            INSERT INTO rate_limit (subject, arrivals, idle_at)
            SELECT subject, arrivals::jsonb, to_timestamp(idle_at::float8 / 1000000)
            FROM unnest($1::text[], $2::text[], $3::bigint[]) AS charged(subject, arrivals, idle_at)
            ON CONFLICT (subject) DO UPDATE SET arrivals = excluded.arrivals, idle_at = excluded.idle_at
            """;

    private final Subjects subjects;

    public RateLimits(RateLimitConfig config, BudgetConfig budget) {
        this.subjects = new Subjects(config, budget.total());
    }

    /**
     * Locks the requests' subjects and a slice of the service, and reads what they have used.
     *
     * @param requests for those without a number the number on file is locked, see {@link Ledger#isOpen}
     */
    public Uni<Ledger> open(SqlConnection connection, Collection<ChargedRequest> requests) {
        String[] own = requests.stream()
                .flatMap(request -> subjects.of(request).stream())
                .map(Subject::id)
                .distinct()
                .toArray(String[]::new);
        String[] withNumberOnFile = requests.stream()
                .filter(request -> request.numberHash().isEmpty())
                .map(ChargedRequest::user)
                .toArray(String[]::new);
        List<String> slices = subjects.slicesShuffled();
        return Uni.combine()
                .all()
                .unis(
                        run(connection, LOCK, Tuple.of(own, withNumberOnFile)),
                        freeSlice(connection, slices),
                        run(
                                connection,
                                READ,
                                Tuple.of(
                                        Stream.concat(Stream.of(own), slices.stream())
                                                .toArray(String[]::new),
                                        withNumberOnFile)))
                .collectFailures()
                .asTuple()
                .flatMap(read -> {
                    Ledger ledger = ledger(read.getItem1(), read.getItem3(), read.getItem2());
                    return read.getItem2().isPresent()
                            ? Uni.createFrom().item(ledger)
                            : waitForSlice(connection, slices.get(0), ledger);
                });
    }

    /** Waits for a slice if all are held. A slice is the last lock of each transaction, so the wait ends. */
    private static Uni<Ledger> waitForSlice(SqlConnection connection, String slice, Ledger ledger) {
        return run(connection, LOCK, Tuple.of(new String[] {slice}, new String[0]))
                .chain(() -> use(connection, slice, ledger))
                .replaceWith(ledger);
    }

    private static Uni<Void> use(SqlConnection connection, String locked, Ledger ledger) {
        return run(connection, READ, Tuple.of(new String[] {locked}, new String[0]))
                .invoke(rows -> ledger.use(locked, arrivals(rows.iterator().next())))
                .replaceWithVoid();
    }

    /** Charges the requests one after the other, each on all of its limits and budgets, or on none. */
    public Uni<List<Charge>> charge(
            SqlConnection connection, Ledger ledger, Velocity velocity, List<ChargedRequest> requests) {
        Assessment[] assessments = new Assessment[requests.size()];
        return charge(connection, ledger, velocity, requests, assessments)
                .map(done -> Stream.of(assessments).map(Assessment::charge).toList());
    }

    /** Charges again on the next slice for as long as nothing but the slice at hand refuses a request. */
    private static Uni<Void> charge(
            SqlConnection connection,
            Ledger ledger,
            Velocity velocity,
            List<ChargedRequest> requests,
            Assessment[] assessments) {
        boolean another = false;
        for (int index = 0; index < assessments.length; index++) {
            if (assessments[index] == null || assessments[index].refusedByServiceAlone()) {
                assessments[index] = ledger.charge(requests.get(index), velocity);
                another |= assessments[index].refusedByServiceAlone();
            }
        }
        List<String> others = another ? ledger.otherSlices() : List.of();
        if (others.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return freeSlice(connection, others)
                .flatMap(free -> free.map(slice -> use(connection, slice, ledger)
                                .chain(() -> charge(connection, ledger, velocity, requests, assessments)))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** Writes all that was charged. */
    public Uni<Void> write(SqlConnection connection, Ledger ledger) {
        List<Map.Entry<String, Map<String, Long>>> charged = ledger.charged().entrySet().stream()
                .filter(subject -> !subject.getValue().isEmpty())
                .toList();
        if (charged.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var columns = new ColumnArrays<>(charged);
        Tuple parameters = Tuple.of(
                columns.of(String[]::new, Map.Entry::getKey),
                columns.of(String[]::new, subject -> Json.encode(subject.getValue())),
                columns.of(Long[]::new, subject -> Assessment.idleAt(subject.getValue())));
        return run(connection, UPSERT, parameters).replaceWithVoid();
    }

    private static Uni<Optional<String>> freeSlice(SqlConnection connection, List<String> slices) {
        return run(connection, FREE_SLICE, Tuple.of(slices.toArray(String[]::new)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString("slice")));
    }

    private Ledger ledger(RowSet<Row> locked, RowSet<Row> rows, Optional<String> free) {
        Map<String, Map<String, Long>> used = new HashMap<>();
        long now = 0;
        for (Row row : rows) {
            now = row.getLong("now");
            if (row.getString("subject") != null) {
                used.put(row.getString("subject"), arrivals(row));
            }
        }
        Ledger ledger =
                new Ledger(subjects, now, List.of(locked.iterator().next().getArrayOfStrings("subjects")), used);
        free.ifPresent(slice -> ledger.use(slice, used.getOrDefault(slice, Map.of())));
        return ledger;
    }

    private static Map<String, Long> arrivals(Row row) {
        return row.getString("arrivals") == null ? Map.of() : arrivals(row.getString("arrivals"));
    }

    /** Reads the column {@code arrivals}: by policy the theoretical arrival time, in microseconds since 1970. */
    static Map<String, Long> arrivals(String json) {
        return new JsonObject(json)
                .stream().collect(toMap(Map.Entry::getKey, policy -> ((Number) policy.getValue()).longValue()));
    }

    private static Uni<RowSet<Row>> run(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }
}
