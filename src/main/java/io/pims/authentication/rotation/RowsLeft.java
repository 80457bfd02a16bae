package io.pims.authentication.rotation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.pims.authentication.keyring.KeyedRows;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures how many rows are left under each key but the first, the same for all replicas: at 0 the key may be taken out. It
 * is counted now and then, not for each scrape, and each count ends at a bound.
 */
@ApplicationScoped
class RowsLeft {

    /** Stands for keys that are not configured: nobody can read what is under them. */
    static final String UNKNOWN = "other";

    private final Pool pool;
    private final List<KeyedRows> all;
    private final MultiGauge gauge;

    RowsLeft(Pool pool, @All List<KeyedRows> all, MeterRegistry registry) {
        this.pool = pool;
        this.all = all;
        this.gauge = MultiGauge.builder("pims.key.rows.left").register(registry);
    }

    @Scheduled(every = "1m", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(this::count)
                .collect()
                .asList()
                .invoke(rows ->
                        gauge.register(rows.stream().flatMap(List::stream).toList(), true))
                .replaceWithVoid();
    }

    private Uni<List<MultiGauge.Row<?>>> count(KeyedRows rows) {
        String first = rows.keyIds().get(0);
        return pool.withConnection(
                        connection -> connection.preparedQuery(rows.count()).execute(Tuple.of(first)))
                .map(found -> found.stream()
                        .collect(groupingBy(row -> row.getString("key_id"), summingLong(row -> row.getLong("rows")))))
                .map(left -> labelled(rows.keyIds(), left).entrySet().stream()
                        .<MultiGauge.Row<?>>map(key ->
                                MultiGauge.Row.of(Tags.of("use", rows.use(), "key", key.getKey()), key.getValue()))
                        .toList());
    }

    /** Returns the counts by label: each configured key but the first, also at 0, and all others under one word. */
    static Map<String, Long> labelled(List<String> configured, Map<String, Long> left) {
        List<String> former = configured.subList(1, configured.size());
        Map<String, Long> labelled = new TreeMap<>();
        former.forEach(key -> labelled.put(key, 0L));
        labelled.put(UNKNOWN, 0L);
        left.forEach((key, rows) -> labelled.merge(former.contains(key) ? key : UNKNOWN, rows, Long::sum));
        return labelled;
    }
}
