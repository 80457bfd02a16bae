package io.pims.authentication.database;

import static io.pims.authentication.database.ScriptedPostgres.row;
import static io.pims.authentication.database.ScriptedPostgres.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServersTest {

    /** Long enough for a busy machine to let the others answer. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedPostgres primary = new ScriptedPostgres(sql -> row(true));
    private final ScriptedPostgres standby = new ScriptedPostgres(sql -> row(false));
    private final ScriptedPostgres silent = new ScriptedPostgres(sql -> silence());

    ServersTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        primary.close();
        standby.close();
        silent.close();
        vertx.close();
    }

    private PgConnectOptions find(ScriptedPostgres... servers) throws Exception {
        List<PgConnectOptions> options =
                List.of(servers).stream().map(ScriptedPostgres::options).toList();
        return new Servers(vertx, options, SILENCE)
                .find()
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void the_primary_is_found_beside_a_standby_and_one_that_is_silent() throws Exception {
        assertThat(find(silent, standby, primary).getPort()).isEqualTo(primary.port());
    }

    @Test
    void where_none_is_the_primary_that_is_told_also_if_one_is_silent() {
        assertThatThrownBy(() -> find(silent, standby)).hasMessageContaining("None of the servers is a primary");
    }

    @Test
    void no_connection_that_only_asked_stays_open() throws Exception {
        find(silent, standby, primary);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> primary.open() + standby.open() + silent.open() == 0 && primary.connections() == 1);
    }

    @Test
    void one_server_alone_is_not_asked() throws Exception {
        assertThat(find(standby).getPort()).isEqualTo(standby.port());
        assertThat(standby.connections()).isZero();
    }
}
