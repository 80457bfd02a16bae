package io.pims.authentication.database;

import static io.pims.authentication.database.ScriptedPostgres.done;
import static io.pims.authentication.database.ScriptedPostgres.fatal;
import static io.pims.authentication.database.ScriptedPostgres.row;
import static io.pims.authentication.database.ScriptedPostgres.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pims.authentication.database.ScriptedPostgres.Reply;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a pooler that, as PgBouncer does, takes only the startup parameters that it knows. */
class PrimaryPoolTest {

    private static final Set<String> KNOWN = Set.of(
            "user",
            "database",
            "replication",
            "client_encoding",
            "datestyle",
            "timezone",
            "standard_conforming_strings",
            "application_name");

    private final Vertx vertx = Vertx.vertx();
    private final PrimaryPool pools = new PrimaryPool(new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(DatabaseConfig.class)
            .build()
            .getConfigMapping(DatabaseConfig.class));
    private final ScriptedPostgres pooler = new ScriptedPostgres(new ScriptedPostgres.Script() {
        @Override
        public Reply start(Map<String, String> parameters) {
            return parameters.keySet().stream()
                    .filter(name -> !KNOWN.contains(name.toLowerCase(java.util.Locale.ROOT)))
                    .findFirst()
                    .map(name -> fatal("08P01", "unsupported startup parameter: " + name))
                    .orElse(welcome());
        }

        @Override
        public Reply query(String sql) {
            return sql.startsWith("SELECT") ? row(true) : done("SET");
        }
    });

    PrimaryPoolTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        pooler.close();
        vertx.close();
    }

    private Pool pool(PgConnectOptions... servers) {
        return pools.create(new PgPoolCreator.Input() {
            @Override
            public Vertx vertx() {
                return vertx;
            }

            @Override
            public PoolOptions poolOptions() {
                return new PoolOptions().setMaxSize(2);
            }

            @Override
            public List<PgConnectOptions> pgConnectOptionsList() {
                return List.of(servers);
            }
        });
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void no_parameter_is_sent_that_PgBouncer_refuses(int servers) throws Exception {
        Pool pool = pool(Stream.generate(pooler::options).limit(servers).toArray(PgConnectOptions[]::new));

        await(pool.getConnection());
        await(PgConnection.connect(vertx, await(pools.find())));

        assertThat(pooler.queries()).as("the pool's settings").anyMatch(sql -> sql.contains("SET enable_seqscan"));
    }

    @Test
    void what_an_operator_asks_for_is_sent_and_the_refusal_says_which_setting_is_missing() {
        PgConnectOptions options = pooler.options();
        options.getProperties().put("extra_float_digits", "3");

        Throwable refusal = catchThrowable(() -> await(pool(options).getConnection()));

        assertThat(ConnectionFailure.reason(refusal))
                .isEqualTo("PgBouncer refuses the startup parameter extra_float_digits:"
                        + " add ignore_startup_parameters = extra_float_digits to its settings");
    }

    @Test
    void other_failures_are_told_by_their_own_first_line() {
        assertThat(ConnectionFailure.reason(new IllegalStateException("Connection refused\nand more")))
                .isEqualTo("Connection refused");
        assertThat(ConnectionFailure.reason(new IllegalStateException())).isEqualTo("null");
    }
}
