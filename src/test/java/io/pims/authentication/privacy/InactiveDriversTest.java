package io.pims.authentication.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.database.JobTurns.Next;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.sms.TestConfig;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has done nothing for so long that the account has gone is erased; who has done anything is not. */
@QuarkusTest
class InactiveDriversTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofDays(365);
    private static final String PIN = "839517";

    private static final String NUMBER = """
            INSERT INTO trusted_phone_number (user_id, number, number_key_id, number_hash, certified_at, asked_at)
            VALUES ($1, '', 'gone', '', now() - CAST($2::text AS interval), now() - CAST($3::text AS interval))
            """;

    private static final String PIN_CODE = """
            INSERT INTO pin_code (user_id, hash, pepper_id, changed_at, proved_at)
            VALUES ($1, '', 'gone', now() - CAST($2::text AS interval), now() - CAST($3::text AS interval))
            """;

    private static final String CODE = """
            INSERT INTO sms_code (user_id, type, id, key_id, number_hash, expires_at)
            VALUES ($1, 'resetPIN', gen_random_uuid(), 'gone', '', now() - CAST($2::text AS interval))
            """;

    private static final String EVENT = """
            INSERT INTO security_event (id, user_id, what, transaction_id, at)
            VALUES (gen_random_uuid(), $1, 'pincode.update', gen_random_uuid(), now() - CAST($2::text AS interval))
            """;

    @Inject
    InactiveDrivers inactive;

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    private final String user = "driver-" + UUID.randomUUID();

    @BeforeEach
    void provider_is_as_it_should_be() {
        vonage.reset();
    }

    /** Goes over all users once; returns the positions that it went by. */
    private List<String> walk() {
        List<String> positions = new ArrayList<>();
        Next next = new Next("", Duration.ZERO);
        do {
            next = inactive.page(next.position(), LIMIT).await().atMost(PATIENCE);
            positions.add(next.position());
        } while (!next.position().isEmpty());
        assertThat(next.pause()).as("before the next walk").isEqualTo(Duration.ofDays(1));
        return positions;
    }

    private boolean isKept() {
        return database.count(
                        "SELECT (SELECT count(*) FROM trusted_phone_number WHERE user_id = $1)"
                                + " + (SELECT count(*) FROM pin_code WHERE user_id = $1)",
                        user)
                > 0;
    }

    @Test
    void who_neither_asked_nor_proved_a_PIN_for_so_long_is_erased_with_all_that_there_is() {
        database.execute(NUMBER, user, "900 days", "366 days");
        database.execute(PIN_CODE, user, "800 days", "367 days");
        database.execute(EVENT, user, "380 days");

        walk();

        assertThat(isKept()).isFalse();
        assertThat(database.count("SELECT count(*) FROM security_event WHERE user_id = $1", user))
                .isZero();
    }

    @Test
    void a_PIN_without_a_number_goes_too() {
        database.execute(PIN_CODE, user, "800 days", "367 days");

        walk();

        assertThat(isKept()).isFalse();
    }

    @Test
    void who_asked_a_day_before_the_end_stays() {
        database.execute(NUMBER, user, "900 days", "364 days");
        database.execute(PIN_CODE, user, "800 days", "800 days");

        walk();

        assertThat(isKept()).isTrue();
    }

    @Test
    void who_proved_the_PIN_a_day_before_the_end_stays() {
        database.execute(NUMBER, user, "900 days", "900 days");
        database.execute(PIN_CODE, user, "800 days", "364 days");

        walk();

        assertThat(isKept()).isTrue();
    }

    @Test
    void who_asked_a_moment_ago_stays_though_that_is_known_by_the_code_alone() {
        database.execute(NUMBER, user, "900 days", "900 days");
        database.execute(CODE, user, "1 hour");

        walk();

        assertThat(isKept()).isTrue();
    }

    @Test
    void a_driver_who_comes_back_on_the_day_stays() {
        Conversation driver = new Conversation(TestDriver.withNumber(issuer), issuer, vonage).withPin(PIN);
        String name = driver.driver().name();
        await().atMost(PATIENCE)
                .until(() -> database.count(
                                "SELECT count(*) FROM sms_transaction WHERE user_id = $1 AND finished_at IS NULL", name)
                        == 0);
        database.execute("DELETE FROM sms_code WHERE user_id = $1", name);
        database.execute(
                "UPDATE sms_transaction SET finished_at = now() - interval '900 days' WHERE user_id = $1", name);
        database.execute(
                "UPDATE trusted_phone_number SET certified_at = now() - interval '900 days',"
                        + " asked_at = now() - interval '900 days' WHERE user_id = $1",
                name);
        database.execute(
                "UPDATE pin_code SET changed_at = now() - interval '900 days', proved_at = now() - interval '900 days'"
                        + " WHERE user_id = $1",
                name);
        driver.verification(PIN).then().statusCode(200);

        walk();

        assertThat(database.count("SELECT count(*) FROM pin_code WHERE user_id = $1", name))
                .isOne();
    }

    private void many(int count) {
        database.execute("""
                INSERT INTO trusted_phone_number (user_id, number, number_key_id, number_hash, certified_at, asked_at)
                SELECT $1 || n, '', 'gone', '', now() - interval '900 days', now() - interval '900 days'
                FROM generate_series(1, $2::int) AS n""", user, count);
    }

    private long left() {
        return database.count("SELECT count(*) FROM trusted_phone_number WHERE starts_with(user_id, $1)", user);
    }

    @Test
    void a_walk_over_many_goes_by_pages_and_takes_at_most_so_many_at_a_time() {
        many(1_200);

        List<Long> left = new ArrayList<>();
        String position = "phoneNumbers/" + user;
        for (int page = 0; page < 3; page++) {
            position = inactive.page(position, LIMIT).await().atMost(PATIENCE).position();
            left.add(left());
        }

        assertThat(left).containsExactly(700L, 200L, 0L);
    }

    /** It stays in the database until the next page, or for ever if there is none. */
    @Test
    void where_a_walk_is_tells_of_nobody_who_was_erased() {
        many(600);

        List<String> positions = walk();

        assertThat(left()).isZero();
        assertThat(positions).noneMatch(position -> position.contains(user));
    }

    @Test
    void a_driver_who_can_not_be_erased_keeps_nobody_else() {
        many(2);
        String name = "keep_" + user.replace("-", "");
        database.execute("CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'kept'; END $$");
        database.execute("CREATE TRIGGER " + name + " BEFORE DELETE ON trusted_phone_number FOR EACH ROW"
                + " WHEN (OLD.user_id = '" + user + "1') EXECUTE FUNCTION " + name + "()");
        try {
            walk();

            assertThat(left()).isOne();
        } finally {
            database.execute("DROP FUNCTION " + name + " CASCADE");
        }
        walk();
        assertThat(left()).isZero();
    }

    @Test
    void a_walk_goes_on_after_those_who_stay() {
        many(1_200);
        database.execute("UPDATE trusted_phone_number SET asked_at = now() WHERE starts_with(user_id, $1)", user);

        assertThat(walk()).anyMatch(position -> position.contains(user));

        assertThat(left()).isEqualTo(1_200);
        database.execute("DELETE FROM trusted_phone_number WHERE starts_with(user_id, $1)", user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0d", "29d", "3651d", "-1d"})
    void a_setting_out_of_bounds_stops_the_start(String value) {
        assertThatThrownBy(() -> TestConfig.of(DriverRetentionConfig.class, "pims.driver.inactive-after", value))
                .hasMessageContaining("pims.driver.inactive-after");
    }

    @Test
    void it_is_off_unless_set() {
        assertThat(TestConfig.of(DriverRetentionConfig.class).inactiveAfter()).isEmpty();
    }
}
