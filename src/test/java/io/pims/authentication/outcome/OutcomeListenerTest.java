package io.pims.authentication.outcome;

import static io.pims.authentication.database.ScriptedPostgres.done;
import static io.pims.authentication.database.ScriptedPostgres.fatal;
import static io.pims.authentication.database.ScriptedPostgres.hangUp;
import static io.pims.authentication.database.ScriptedPostgres.refusal;
import static io.pims.authentication.database.ScriptedPostgres.silence;
import static io.pims.authentication.database.ScriptedPostgres.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.database.ScriptedPostgres;
import io.pims.authentication.database.ScriptedPostgres.Reply;
import io.pims.authentication.readiness.PoolProbe;
import io.pims.authentication.readiness.ReadinessConfig;
import io.pims.authentication.sms.TestConfig;
import io.pims.authentication.transaction.FixedTransactionConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against servers that answer LISTEN as no healthy primary does. */
class OutcomeListenerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int TIMES = 20;

    private static final OutcomeListener.Pace QUICK =
            new OutcomeListener.Pace(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(2));

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger trouble = new AtomicInteger(TIMES);
    private volatile Reply inTrouble;
    private ScriptedPostgres postgres;
    private OutcomeListener listener;

    @AfterEach
    void close() throws Exception {
        listener.stop(null);
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        postgres.close();
    }

    /** A server that answers so the first twenty times, and then as it should. */
    private void answersListenBy(Reply reply) throws IOException {
        inTrouble = reply;
        listenTo(new ScriptedPostgres(sql -> trouble.getAndDecrement() > 0 ? inTrouble : done("LISTEN")));
    }

    private void listenTo(ScriptedPostgres server) {
        postgres = server;
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(5))
                .connectingTo(postgres.options())
                .using(vertx)
                .build();
        PoolProbe watch = new PoolProbe(pool, vertx, TestConfig.of(ReadinessConfig.class));
        listener = new OutcomeListener(
                this::primary,
                pool,
                vertx,
                new OutcomeWaiters(new FixedTransactionConfig(10, 10)),
                watch,
                Clock.systemUTC(),
                QUICK);
        listener.start(null);
    }

    /** Looks often: twenty times in turn one waits for what takes milliseconds. */
    private static ConditionFactory soon() {
        return await().pollInterval(Duration.ofMillis(10)).atMost(PATIENCE);
    }

    private Future<PgConnectOptions> primary() {
        return Future.succeededFuture(postgres.options());
    }

    private void listensOnOneConnection() {
        int opened = postgres.connections();
        long asked = postgres.asked("LISTEN");
        soon().until(() -> postgres.asked("LISTEN") > asked + 5);
        assertThat(postgres.open()).as("connections that are open").isEqualTo(1);
        assertThat(postgres.connections() - opened)
                .as("connections that were opened meanwhile")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void twenty_refusals_to_LISTEN_leave_no_connection_behind() throws Exception {
        answersListenBy(refusal("25006", "cannot execute LISTEN during recovery"));

        soon().until(() -> trouble.get() < 0);

        listensOnOneConnection();
        assertThat(postgres.most()).isLessThanOrEqualTo(2);
    }

    @Test
    void a_connection_that_closes_during_LISTEN_is_followed_by_one_other() throws Exception {
        answersListenBy(hangUp());

        soon().until(() -> trouble.get() < 0);

        listensOnOneConnection();
        assertThat(postgres.most()).isLessThanOrEqualTo(2);
        assertThat(postgres.connections()).isEqualTo(TIMES + 1);
    }

    @Test
    void a_refusal_that_also_closes_is_followed_by_one_other() throws Exception {
        answersListenBy(fatal("57P01", "terminating connection due to administrator command"));

        soon().until(() -> trouble.get() < 0);

        listensOnOneConnection();
        assertThat(postgres.connections()).isEqualTo(TIMES + 1);
    }

    @Test
    void a_connection_that_is_cut_is_followed_by_one_other_each_time() throws Exception {
        trouble.set(0);
        answersListenBy(hangUp());

        for (int times = 1; times <= TIMES; times++) {
            int before = postgres.connections();
            soon().until(() -> postgres.asked("LISTEN") >= before && postgres.open() == 1);
            postgres.cut();
            soon().until(() -> postgres.connections() > before);
        }

        listensOnOneConnection();
        assertThat(postgres.connections()).isEqualTo(TIMES + 1);
    }

    @Test
    void a_connection_on_which_nothing_is_heard_any_more_is_closed_and_followed_by_one_other() throws Exception {
        trouble.set(1);
        answersListenBy(silence());

        soon().until(() -> trouble.get() < 0);

        listensOnOneConnection();
    }

    @Test
    void a_server_that_lets_nobody_in_and_says_nothing_is_left_and_tried_again() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        listenTo(new ScriptedPostgres(new ScriptedPostgres.Script() {
            @Override
            public Reply start(Map<String, String> parameters) {
                return starts.getAndIncrement() == 0 ? silence() : welcome();
            }

            @Override
            public Reply query(String sql) {
                return done("LISTEN");
            }
        }));

        soon().until(() -> postgres.asked("LISTEN") > 0);

        listensOnOneConnection();
    }

    @Test
    void nothing_is_opened_any_more_after_the_end() throws Exception {
        answersListenBy(hangUp());
        soon().until(() -> trouble.get() < 0);

        listener.stop(null);

        soon().until(() -> postgres.open() == 0);
        int opened = postgres.connections();
        await().during(Duration.ofMillis(300)).until(() -> postgres.connections() == opened);
    }
}
