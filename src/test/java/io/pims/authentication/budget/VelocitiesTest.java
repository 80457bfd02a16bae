package io.pims.authentication.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.trustedphonenumber.Destination;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class VelocitiesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String NUMBER = """
            INSERT INTO trusted_phone_number (user_id, number, number_key_id, number_hash, country, prefix_hash)
            VALUES ($1, $2, 'k', $2, $3, $4)
            """;

    private static final String USED = """
            INSERT INTO sms_velocity (subject, hours, begins_at, sent) VALUES ($1, 1, date_trunc('hour', now()), 1000000)
            ON CONFLICT (subject, hours, begins_at) DO UPDATE SET sent = excluded.sent, converted = 0, budget = NULL
            """;

    @Inject
    Velocities velocities;

    @Inject
    Pool pool;

    private final String driver = "driver-" + UUID.randomUUID();

    /** Rolled back, as countries are everybody's. */
    private Velocity read(String country, String prefix, String used) {
        return pool.withConnection(connection -> connection
                        .begin()
                        .flatMap(transaction ->
                                write(connection, country, prefix, used).eventually(transaction::rollback)))
                .await()
                .atMost(PATIENCE);
    }

    private Uni<Velocity> write(SqlConnection connection, String country, String prefix, String used) {
        return connection
                .preparedQuery(NUMBER)
                .execute(Tuple.of(driver, Buffer.buffer(driver), country, prefix))
                .chain(() -> connection.preparedQuery(USED).execute(Tuple.of(used)))
                .chain(() -> velocities.read(connection, List.of(), List.of(driver)));
    }

    @ParameterizedTest
    @CsvSource({"XQ,abc,country/XQ", "XQ,abc,prefix/abc", ",,country/unknown"})
    void what_was_sent_to_where_the_number_on_file_is_counts(String country, String prefix, String used) {
        Velocity velocity = read(country, prefix, used);

        assertThat(velocity.overruns(Destination.of(country, prefix), false))
                .extracting(Overrun::used)
                .contains(1_000_000L);
    }
}
