package io.pims.authentication.rotation;

import static io.pims.authentication.Conversation.DRIVERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.database.JobTurns;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.sms.TestConfig;
import io.pims.authentication.support.SealedNumbersOffFile;
import io.pims.authentication.transaction.SealedNumbersPending;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.NumberVaultConfig;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.pims.authentication.trustedphonenumber.SealedNumbersOnFile;
import io.pims.authentication.trustedphonenumber.SealedRows.Resealed;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers that are under a former key come under the first one, whatever else goes on. */
@QuarkusTest
class ResealingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final PhoneNumber NUMBER = new PhoneNumber("+33612345678");

    private static final ResealingConfig CONFIG = TestConfig.of(ResealingConfig.class);

    private static final String ON_FILE = """
            INSERT INTO trusted_phone_number (user_id, number, number_key_id, number_hash) VALUES ($1, $2, $3, '')
            """;

    private static final String ORDERED = """
            INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand, status,
                created_at, deadline, finished_at, attempts, lease, lease_until)
            VALUES ($1, $2, 'resetPIN', $3, $4, '', 'en', '', $5, now(), now() + interval '1 hour',
                CASE $5 WHEN 'PENDING' THEN NULL ELSE now() END, 0, 1, now() + interval '1 hour')
            """;

    @Inject
    Pool pool;

    @Inject
    Database database;

    @Inject
    ThrowawayIssuer issuer;

    /** Of the service as it runs here. */
    @Inject
    NumberVaultConfig own;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String former = "former-" + run;
    private final String first = "first-" + run;
    private final NumberVault before = vault(key(former, 1));
    private final NumberVault after = vault(key(first, 2), key(former, 1));

    private Resealing resealing;

    @BeforeEach
    void a_replica_with_a_new_key_at_the_front() {
        resealing = resealing();
    }

    private Resealing resealing() {
        return new Resealing(
                pool,
                new JobTurns(pool),
                after,
                CONFIG,
                List.of(new SealedNumbersOnFile(after), new SealedNumbersPending(after)));
    }

    private static String key(String id, int filling) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) filling);
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }

    private static NumberVault vault(String... keys) {
        return new NumberVault(config(keys));
    }

    private static NumberVaultConfig config(String... keys) {
        return new NumberVaultConfig() {
            @Override
            public List<String> encryptionKeys() {
                return List.of(keys);
            }

            @Override
            public String hashKey() {
                return key("hash", 9);
            }
        };
    }

    private String user(int each) {
        return "driver-" + run + "-" + each;
    }

    private void onFile(int count) {
        pool.withConnection(connection -> connection
                        .preparedQuery(ON_FILE)
                        .executeBatch(IntStream.range(0, count)
                                .mapToObj(each -> Tuple.of(
                                        user(each),
                                        Buffer.buffer(
                                                before.seal(NUMBER, user(each)).ciphertext()),
                                        former))
                                .toList()))
                .await()
                .atMost(PATIENCE);
    }

    private boolean bite() {
        return resealing.bite().await().atMost(PATIENCE);
    }

    private long under(String key) {
        return database.count("SELECT count(*) FROM trusted_phone_number WHERE number_key_id = $1", key);
    }

    private SealedNumber kept(String user) {
        Row row = database.execute("SELECT number, number_key_id FROM trusted_phone_number WHERE user_id = $1", user)
                .iterator()
                .next();
        return new SealedNumber(row.getBuffer(0).getBytes(), row.getString(1), new byte[0]);
    }

    @Test
    void a_thousand_go_at_a_time_until_none_is_left_and_each_can_be_read_without_the_former_key() {
        onFile(2_300);

        assertThat(bite()).isTrue();
        assertThat(under(first)).isEqualTo(1_000);
        assertThat(bite()).isTrue();
        assertThat(bite()).isTrue();
        assertThat(bite()).isFalse();

        assertThat(under(former)).isZero();
        NumberVault without = vault(key(first, 2));
        for (int each : new int[] {0, 999, 1_000, 2_299}) {
            assertThat(without.open(kept(user(each)), user(each))).isEqualTo(NUMBER);
        }
    }

    @Test
    void what_one_replica_began_another_ends() {
        onFile(1_500);
        bite();

        resealing = resealing();

        assertThat(bite()).isTrue();
        assertThat(under(former)).isZero();
    }

    @Test
    void a_row_that_somebody_holds_is_left_for_later_and_not_waited_for() {
        onFile(3);
        var connection = pool.getConnection().await().atMost(PATIENCE);
        try {
            connection.query("BEGIN").execute().await().atMost(PATIENCE);
            connection
                    .preparedQuery("SELECT FROM trusted_phone_number WHERE user_id = $1 FOR UPDATE")
                    .execute(Tuple.of(user(1)))
                    .await()
                    .atMost(PATIENCE);

            bite();

            assertThat(under(first)).isEqualTo(2);
        } finally {
            connection.query("ROLLBACK").execute().await().atMost(PATIENCE);
            connection.close().await().atMost(PATIENCE);
        }
        bite();
        assertThat(under(former)).isZero();
    }

    /** Between the reading of a bite and its writing. */
    @Test
    void a_number_that_is_certified_meanwhile_wins() {
        onFile(1);
        PhoneNumber certified = new PhoneNumber("+33698765432");
        SealedNumbersOnFile slow = new SealedNumbersOnFile(after) {
            @Override
            public Uni<Integer> replace(SqlConnection connection, List<Resealed> rows) {
                return connection
                        .preparedQuery(
                                "UPDATE trusted_phone_number SET number = $2, number_key_id = $3 WHERE user_id = $1")
                        .execute(Tuple.of(
                                user(0),
                                Buffer.buffer(before.seal(certified, user(0)).ciphertext()),
                                former))
                        .chain(() -> super.replace(connection, rows));
            }
        };

        new Resealing(pool, new JobTurns(pool), after, CONFIG, List.of(slow))
                .bite()
                .await()
                .atMost(PATIENCE);

        assertThat(after.open(kept(user(0)), user(0))).isEqualTo(certified);
        bite();
        assertThat(vault(key(first, 2)).open(kept(user(0)), user(0))).isEqualTo(certified);
    }

    @Test
    void a_number_that_can_not_be_opened_is_passed_over() {
        onFile(2);
        database.execute(
                "UPDATE trusted_phone_number SET number = $2 WHERE user_id = $1", user(0), Buffer.buffer(new byte[40]));

        assertThat(bite()).isTrue();
        assertThat(bite()).as("nothing is left that can be read").isFalse();

        assertThat(under(first)).isEqualTo(1);
        assertThat(under(former)).isEqualTo(1);
        database.execute("DELETE FROM trusted_phone_number WHERE user_id = $1", user(0));
    }

    @Test
    void of_transactions_the_pending_ones_are_sealed_anew_and_nothing_else_of_them_changes() {
        UUID pending = UUID.randomUUID();
        UUID done = UUID.randomUUID();
        Buffer sealed = Buffer.buffer(before.seal(NUMBER, user(0)).ciphertext());
        database.execute(ORDERED, pending, user(0), sealed, former, "PENDING");
        database.execute(ORDERED, done, user(0), sealed, former, "SUCCEEDED");
        String all = "SELECT (to_jsonb(t) - 'number' - 'number_key_id')::text FROM sms_transaction AS t WHERE id = $1";
        String was = database.execute(all, pending).iterator().next().getString(0);

        assertThat(bite()).isTrue();
        assertThat(bite()).isFalse();

        assertThat(database.execute(all, pending).iterator().next().getString(0))
                .isEqualTo(was);
        Row fresh = database.execute("SELECT number, number_key_id FROM sms_transaction WHERE id = $1", pending)
                .iterator()
                .next();
        assertThat(vault(key(first, 2))
                        .open(
                                new SealedNumber(fresh.getBuffer(0).getBytes(), fresh.getString(1), new byte[0]),
                                user(0)))
                .isEqualTo(NUMBER);
        assertThat(database.count(
                        "SELECT count(*) FROM sms_transaction WHERE id = $1 AND number_key_id = $2", done, former))
                .isOne();
        database.execute("DELETE FROM sms_transaction WHERE user_id = $1", user(0));
    }

    private RequestSpecification desk() {
        return given().auth().oauth2(issuer.token("agent-" + run, Optional.of("support"), Optional.empty()));
    }

    private void recovers(TestDriver driver) {
        desk().contentType(ContentType.JSON)
                .body(Map.of("reason", "Phone lost, ticket 48213"))
                .post(DRIVERS + "/recovery", driver.name())
                .then()
                .statusCode(200)
                .body("result.state", equalTo("DONE"));
    }

    private void putsBack(TestDriver driver) {
        desk().queryParam("reason", "Phone found again")
                .delete(DRIVERS + "/recovery", driver.name())
                .then()
                .statusCode(200)
                .body("result.state", equalTo("UNDONE"));
    }

    private static void hasTheOldNumber(TestDriver driver) {
        driver.request().get(Conversation.NUMBER).then().body("result.phoneNumber", equalTo(driver.number()));
    }

    /** Here the service's own key is the first one, so that the service can read what was sealed anew. */
    @Test
    void a_number_that_a_recovery_took_off_file_is_sealed_anew_and_can_still_be_put_back() {
        TestDriver driver = TestDriver.withNumber(issuer);
        recovers(driver);
        SealedNumber old = before.seal(new PhoneNumber(driver.number()), driver.name());
        database.execute(
                "UPDATE recovery SET number = $2, number_key_id = $3 WHERE user_id = $1",
                driver.name(),
                Buffer.buffer(old.ciphertext()),
                former);
        NumberVault service = vault(Stream.concat(own.encryptionKeys().stream(), Stream.of(key(former, 1)))
                .toArray(String[]::new));

        assertThat(new Resealing(pool, new JobTurns(pool), service, CONFIG, List.of(new SealedNumbersOffFile(service)))
                        .bite()
                        .await()
                        .atMost(PATIENCE))
                .isTrue();

        assertThat(database.execute("SELECT number_key_id FROM recovery WHERE user_id = $1", driver.name())
                        .iterator()
                        .next()
                        .getString(0))
                .isEqualTo(service.keyIds().get(0));
        putsBack(driver);
        hasTheOldNumber(driver);
    }

    /** Nothing is off file any more: the row that is left has no number. */
    @Test
    void a_recovery_that_was_undone_meanwhile_is_left_alone() {
        TestDriver driver = TestDriver.withNumber(issuer);
        recovers(driver);
        byte[] number = database.execute("SELECT number FROM recovery WHERE user_id = $1", driver.name())
                .iterator()
                .next()
                .getBuffer(0)
                .getBytes();
        putsBack(driver);

        SealedNumber fresh = after.seal(new PhoneNumber(driver.number()), driver.name());
        int replaced = pool.withConnection(connection -> new SealedNumbersOffFile(after)
                        .replace(connection, List.of(new Resealed(driver.name(), number, fresh))))
                .await()
                .atMost(PATIENCE);

        assertThat(replaced).isZero();
        hasTheOldNumber(driver);
    }

    @Test
    void what_is_left_is_counted_by_key_and_not_what_is_under_the_first() {
        onFile(7);
        SealedNumbersOnFile rows = new SealedNumbersOnFile(after);

        assertThat(left(rows)).isEqualTo(7);
        bite();
        assertThat(left(rows)).isZero();
        assertThat(database.execute(rows.count(), first))
                .extracting(row -> row.getString("key_id"))
                .doesNotContain(first);
    }

    private long left(SealedNumbersOnFile rows) {
        for (Row row : database.execute(rows.count(), first)) {
            if (row.getString("key_id").equals(former)) {
                return row.getLong("rows");
            }
        }
        return 0;
    }
}
