package io.pims.authentication.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pims.authentication.database.OldRows;
import io.pims.authentication.notice.FakeBackend.Received;
import io.pims.authentication.notice.OutboxDatabase.OpenTransaction;
import io.pims.authentication.readiness.SchemaReady;
import io.pims.authentication.sms.TestConfig;
import io.vertx.mutiny.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas, a PostgreSQL, and a backend that does what it wants. */
class NoticeSenderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Vertx VERTX = Vertx.vertx();

    private static OutboxDatabase database;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<AutoCloseable> open = new ArrayList<>();
    private FakeBackend backend;

    @BeforeAll
    static void start(@TempDir Path folder) {
        database = new OutboxDatabase(folder, VERTX);
    }

    @AfterAll
    static void stop() {
        database.close();
        VERTX.close().await().atMost(PATIENCE);
    }

    @BeforeEach
    void a_backend() {
        database.clear();
        backend = new FakeBackend(VERTX.getDelegate());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        backend.close();
    }

    private NoticeConfig config(String... changes) {
        List<String> settings = new ArrayList<>(List.of(
                "pims.notice.webhook.url", backend.url(),
                "pims.notice.webhook.secrets", FakeBackend.SECRET,
                "pims.notice.webhook.read-timeout", "2S",
                "pims.notice.webhook.first-delay", "100ms",
                "pims.notice.webhook.longest-delay", "1S"));
        settings.addAll(List.of(changes));
        return TestConfig.of(NoticeConfig.class, settings.toArray(String[]::new));
    }

    private NoticeMetrics metrics(NoticeConfig config) {
        return new NoticeMetrics(database.pool(), Clock.systemUTC(), registry, config);
    }

    private NoticeSender replica(String... changes) {
        NoticeConfig config = config(changes);
        NoticeSender sender = new NoticeSender(
                VERTX.getDelegate(), new NoticeQueue(database.pool()), metrics(config), config, Clock.systemUTC());
        open.add(sender::close);
        sender.start(new SchemaReady());
        return sender;
    }

    private double posts(String outcome) {
        return registry.counter("pims.notice.posts", "outcome", outcome).count();
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void an_event_arrives_once_signed_and_leaves_nothing_behind() {
        replica();

        database.add("alice", 2305);

        await().atMost(PATIENCE).until(() -> database.waiting() == 0);
        assertThat(backend.received()).hasSize(1).allMatch(Received::isSigned);
        Received post = backend.received().get(0);
        assertThat(post.body())
                .matches("\\{\"type\":\"pincode.reset\",\"timestamp\":\"[0-9TZ:.-]+\",\"data\":\\{\"id\":\"" + post.id()
                        + "\",\"user\":\"alice\",\"transactionId\":\"[0-9a-f-]{36}\",\"code\":2305}}");
        assertThat(database.count("SELECT count(*) FROM notice_queue WHERE due_at IS NOT NULL"))
                .isZero();
    }

    @Test
    void two_replicas_post_the_events_of_each_user_in_order() {
        for (int event = 1; event <= 20; event++) {
            for (int user = 0; user < 10; user++) {
                database.add("user-" + user, event);
            }
        }

        replica();
        replica();

        await().atMost(PATIENCE).until(() -> database.waiting() == 0);
        for (int user = 0; user < 10; user++) {
            assertThat(backend.numbersOf("user-" + user)).isEqualTo(upTo(20));
        }
    }

    @Test
    void while_an_event_is_not_taken_the_next_one_of_its_user_waits_and_others_go() {
        backend.answers(post -> post.user().equals("alice") && post.number() == 1 ? 400 : 204);
        replica("pims.notice.webhook.first-delay", "100ms");
        database.add("alice", 1);
        database.add("alice", 2);
        database.add("bob", 1);

        await().atMost(PATIENCE).until(() -> backend.numbersOf("alice").size() >= 3);
        assertThat(backend.numbersOf("alice")).containsOnly(1);
        assertThat(backend.numbersOf("bob")).containsExactly(1);

        backend.answers(post -> 200);
        await().atMost(PATIENCE).until(() -> database.waiting() == 0);
        assertThat(backend.numbersOf("alice")).endsWith(1, 2);
        assertThat(posts("refused")).isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 404, 500, 503})
    void what_is_not_taken_is_posted_again_with_the_same_id_and_body(int status) {
        ConcurrentHashMap<String, Integer> known = new ConcurrentHashMap<>();
        backend.answers(post -> known.merge(post.id(), 1, Integer::sum) == 1 ? status : 204);
        replica();

        database.add("alice", 1);

        await().atMost(PATIENCE).until(() -> database.waiting() == 0);
        assertThat(backend.received()).hasSize(2);
        assertThat(backend.received())
                .extracting(Received::body)
                .containsOnly(backend.received().get(0).body());
        assertThat(backend.received())
                .extracting(Received::id)
                .containsOnly(backend.received().get(0).id());
    }

    @Test
    void a_backend_that_says_410_is_left_alone_and_nothing_is_lost() {
        backend.answers(410, null);
        replica();
        for (int user = 0; user < 30; user++) {
            database.add("user-" + user, 1);
        }
        await().atMost(PATIENCE).until(() -> posts("gone") > 0);
        database.letTimePass();

        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .until(() -> backend.received().size() <= 8 && database.waiting() == 30);
    }

    @Test
    void the_time_that_a_backend_names_is_kept_to() {
        backend.answers(429, "600");
        replica();
        database.add("alice", 1);
        await().atMost(PATIENCE).until(() -> posts("failed") > 0);
        database.letTimePass();

        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .until(() -> backend.received().size() == 1);
    }

    @Test
    void what_a_dead_replica_had_claimed_is_posted_by_another_one_after_its_lease() {
        database.add("alice", 1);
        database.add("alice", 2);
        claim(new NoticeQueue(database.pool()));
        replica();

        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> backend.received().isEmpty());
        database.letTimePass();

        await().atMost(PATIENCE).until(() -> database.waiting() == 0);
        assertThat(backend.numbersOf("alice")).containsExactly(1, 2);
    }

    @Test
    void an_event_whose_change_is_rolled_back_is_never_posted_and_the_next_one_is() {
        replica();
        OpenTransaction change = database.adding("alice", 1);
        change.end("ROLLBACK");
        database.add("alice", 2);

        await().atMost(PATIENCE)
                .until(() -> database.waiting() == 0 && !backend.received().isEmpty());
        assertThat(backend.numbersOf("alice")).containsExactly(2);
    }

    /** The second change begins later, and would be committed first. */
    @Test
    void changes_of_one_user_are_told_in_the_order_of_their_commits() {
        replica();
        OpenTransaction first = database.adding("alice", 1);
        Thread second = new Thread(() -> database.add("alice", 2));
        second.start();
        await().atMost(PATIENCE).until(() -> database.count("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);

        first.end("COMMIT");

        await().atMost(PATIENCE).until(() -> backend.received().size() == 2);
        assertThat(backend.numbersOf("alice")).containsExactly(1, 2);
    }

    @Test
    void a_backend_that_does_not_answer_keeps_no_change_waiting() {
        backend.answers(post -> 0);
        replica("pims.notice.webhook.read-timeout", "30S");
        database.add("alice", 1);
        await().atMost(PATIENCE).until(() -> !backend.received().isEmpty());

        long begin = System.nanoTime();
        database.add("alice", 2);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(database.count("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND state LIKE 'idle in transaction%'"))
                .isZero();
    }

    @Test
    void an_event_that_comes_while_the_one_before_ends_is_not_forgotten() {
        replica();
        for (int event = 1; event <= 100; event++) {
            database.add("alice", event);
        }

        await().atMost(PATIENCE).until(() -> database.waiting() == 0);
        assertThat(backend.numbersOf("alice")).isEqualTo(upTo(100));
    }

    /** The statement that ends the turn waits for the change, and sees the outbox as it was before. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_event_that_is_committed_while_a_turn_ends_is_due_at_once(boolean dropped) {
        database.add("alice", 1);
        if (dropped) {
            database.execute("DELETE FROM notice_outbox");
        }
        NoticeQueue queue = new NoticeQueue(database.pool());
        ClaimedTurn turn = claim(queue).get(0);
        OpenTransaction change = database.adding("alice", 2);
        CompletableFuture<Void> end = turn.oldest()
                .map(notice -> queue.handedOver(turn, notice))
                .orElseGet(() -> queue.settle(turn))
                .subscribeAsCompletionStage();
        await().atMost(PATIENCE).until(() -> database.count("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);

        change.end("COMMIT");
        end.join();

        assertThat(claim(queue))
                .extracting(next -> next.oldest().orElseThrow().code())
                .containsExactly(OptionalInt.of(2));
    }

    private static List<ClaimedTurn> claim(NoticeQueue queue) {
        return queue.claim(8, Duration.ofMinutes(10)).await().atMost(PATIENCE);
    }

    @Test
    void a_user_of_whom_everything_was_dropped_gets_later_events_told() {
        database.add("alice", 1);
        database.execute("DELETE FROM notice_outbox");
        replica();
        await().atMost(PATIENCE)
                .until(() -> database.count("SELECT count(*) FROM notice_queue WHERE due_at IS NOT NULL") == 0);

        database.add("alice", 2);

        await().atMost(PATIENCE).until(() -> backend.numbersOf("alice").equals(List.of(2)));
    }

    @Test
    void what_is_older_than_its_age_is_dropped_and_counted() {
        database.add("alice", 1);
        database.execute("UPDATE notice_outbox SET at = now() - interval '73 hours'");
        database.add("bob", 1);

        retention().drop().await().atMost(PATIENCE);

        assertThat(database.waiting()).isEqualTo(1);
        assertThat(registry.counter("pims.notice.dropped", "reason", "age").count())
                .isEqualTo(1);
    }

    @Test
    void of_more_than_may_wait_the_oldest_are_dropped_and_counted() {
        database.execute("""
                INSERT INTO notice_outbox (id, user_id, event_id, what, transaction_id)
                SELECT nextval('notice_outbox_id'), 'user-' || n, gen_random_uuid(), 'pincode.reset', gen_random_uuid()
                FROM generate_series(1, 3500) AS n
                """);

        retention("pims.notice.webhook.max-waiting", "1000").drop().await().atMost(PATIENCE);

        assertThat(database.waiting()).isEqualTo(1000);
        assertThat(database.count("SELECT count(*) FROM notice_outbox WHERE user_id = 'user-3500'"))
                .isEqualTo(1);
        assertThat(registry.counter("pims.notice.dropped", "reason", "number").count())
                .isEqualTo(2500);
    }

    @Test
    void of_one_user_as_many_may_wait_as_of_many() {
        database.addMany("alice", 1_200);

        retention("pims.notice.webhook.max-waiting", "1000").drop().await().atMost(PATIENCE);

        assertThat(database.waiting()).isEqualTo(1000);
    }

    @Test
    void users_of_whom_nothing_waits_are_forgotten() {
        database.add("alice", 1);
        database.execute("UPDATE notice_queue SET due_at = NULL");
        database.add("bob", 1);

        retention().deleteIdleUsers().await().atMost(PATIENCE);

        assertThat(database.count("SELECT count(*) FROM notice_queue")).isEqualTo(1);
    }

    @Test
    void what_waits_is_counted() {
        database.add("alice", 1);
        database.add("alice", 2);
        database.execute("UPDATE notice_outbox SET at = now() - interval '1 hour'");
        NoticeMetrics metrics = metrics(config());

        metrics.count().await().atMost(PATIENCE);

        assertThat(registry.get("pims.notice.waiting").gauge().value()).isEqualTo(2);
        assertThat(registry.get("pims.notice.oldest.age").timeGauge().value()).isBetween(3_599.0, 3_700.0);
    }

    private NoticeRetention retention(String... changes) {
        NoticeConfig config = config(changes);
        return new NoticeRetention(new OldRows(database.pool()), config, metrics(config));
    }
}
