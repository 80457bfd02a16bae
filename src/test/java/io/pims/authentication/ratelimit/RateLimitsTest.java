package io.pims.authentication.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.pims.authentication.Database;
import io.pims.authentication.budget.Velocity;
import io.pims.authentication.trustedphonenumber.Destination;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The number on file is locked without its being known before. */
@QuarkusTest
class RateLimitsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    RateLimits limits;

    @Inject
    Database database;

    @Inject
    Pool pool;

    private final String driver = "driver-" + UUID.randomUUID();
    private final String other = "driver-" + UUID.randomUUID();
    private final byte[] number = random();

    private static byte[] random() {
        UUID uuid = UUID.randomUUID();
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    private void putOnFile(String user, byte[] hash) {
        database.execute(
                "INSERT INTO trusted_phone_number (user_id, number, number_key_id, number_hash) VALUES ($1, $2, 'k', $3)",
                user,
                Buffer.buffer(hash),
                Buffer.buffer(hash));
    }

    private static ChargedRequest asking(String user) {
        return new ChargedRequest(user, "resetPIN", Optional.empty(), true, Optional.empty(), Destination.UNKNOWN);
    }

    private static ChargedRequest withNumber(String user, byte[] hash) {
        return new ChargedRequest(
                user,
                "resetPIN",
                Optional.of(HexFormat.of().formatHex(hash)),
                true,
                Optional.empty(),
                Destination.UNKNOWN);
    }

    private Uni<Ledger> openSoon(SqlConnection connection, String user) {
        return connection
                .query("SET LOCAL lock_timeout = 200")
                .execute()
                .chain(() -> limits.open(connection, List.of(asking(user))));
    }

    @Test
    void two_who_have_one_number_on_file_wait_for_each_other() {
        putOnFile(driver, number);
        putOnFile(other, number);

        assertThatThrownBy(() -> pool.withTransaction(first -> limits.open(first, List.of(asking(driver)))
                                .chain(() -> pool.withTransaction(second -> openSoon(second, other))))
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOfSatisfying(
                        CompositeException.class,
                        refusals -> assertThat(refusals.getCauses())
                                .first(type(PgException.class))
                                .extracting(PgException::getSqlState)
                                .as("lock_not_available")
                                .isEqualTo("55P03"));
    }

    @Test
    void two_with_different_numbers_do_not() {
        putOnFile(driver, number);
        putOnFile(other, random());

        Ledger second = pool.withTransaction(first -> limits.open(first, List.of(asking(driver)))
                        .chain(() -> pool.withTransaction(connection -> openSoon(connection, other))))
                .await()
                .atMost(PATIENCE);

        assertThat(second.isOpen(asking(other))).isTrue();
    }

    @Test
    void what_was_charged_on_a_number_counts_for_the_other_who_has_it() {
        putOnFile(driver, number);
        putOnFile(other, number);
        String policies = "{\"number-3600s\": 9999999999999999}";
        database.execute(
                "INSERT INTO rate_limit (subject, arrivals, idle_at) VALUES ($1, CAST($2::text AS jsonb), now())",
                "number/" + HexFormat.of().formatHex(number),
                policies);

        Ledger ledger = pool.withTransaction(connection -> limits.open(connection, List.of(asking(other))))
                .await()
                .atMost(PATIENCE);

        assertThat(ledger.charge(withNumber(other, number), Velocity.OFF)
                        .charge()
                        .allowed())
                .isFalse();
    }

    @Test
    void a_number_that_came_after_the_locks_were_had_is_not_open() {
        putOnFile(driver, number);

        Ledger ledger = pool.withTransaction(connection -> limits.open(connection, List.of(asking(driver))))
                .await()
                .atMost(PATIENCE);

        assertThat(ledger.isOpen(withNumber(driver, number))).isTrue();
        assertThat(ledger.isOpen(withNumber(driver, random()))).isFalse();
    }
}
