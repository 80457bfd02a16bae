package io.pims.authentication.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.smscode.UsedLimits;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SentAndSpentTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern CODE = Pattern.compile("#(\\d{6})");

    private static final String OF_PREFIX = """
            SELECT coalesce(sum(sent), 0)::bigint AS sent, coalesce(sum(converted), 0)::bigint AS converted
            FROM sms_velocity WHERE hours = 24
                AND subject = 'prefix/' || (SELECT prefix_hash FROM trusted_phone_number WHERE user_id = $1)
            """;

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @Inject
    SpentCodes spentCodes;

    @Inject
    VelocityRetention retention;

    @Inject
    UsedLimits limits;

    private void reset(TestDriver driver) {
        String text = vonage.messagesTo(driver.number()).get(0).text();
        Matcher code = CODE.matcher(text);
        assertThat(code.find()).isTrue();
        driver.json()
                .body("{\"action\":\"reset\",\"smsCode\":\"" + code.group(1) + "\",\"pinCode\":\"590274\"}")
                .put("/v1/authentication/pincode")
                .then()
                .statusCode(200);
    }

    @Test
    void a_code_that_is_spent_is_taken_off_as_often_as_it_was_sent() {
        TestDriver driver = TestDriver.withNumber(issuer);
        // Codes that drivers of the same prefix have spent in other tests.
        spentCodes.addUp().await().atMost(PATIENCE);
        Row before = database.execute(OF_PREFIX, driver.name()).iterator().next();

        driver.asksForCodeAndWaits(10).then().statusCode(200);
        limits.forget(driver);
        driver.asksForCodeAndWaits(10).then().statusCode(200);

        Row sent = database.execute(OF_PREFIX, driver.name()).iterator().next();
        assertThat(sent.getLong("sent") - before.getLong("sent")).isEqualTo(2);

        reset(driver);
        spentCodes.addUp().await().atMost(PATIENCE);

        Row spent = database.execute(OF_PREFIX, driver.name()).iterator().next();
        assertThat(spent.getLong("converted") - before.getLong("converted")).isEqualTo(2);
    }

    @Test
    void neither_the_number_nor_its_prefix_is_in_the_table() {
        TestDriver driver = TestDriver.withNumber(issuer);
        driver.asksForCode().then().statusCode(202);

        assertThat(database.count(
                        "SELECT count(*) FROM sms_velocity WHERE position($1 IN subject) > 0",
                        driver.number().substring(1, 8)))
                .isZero();
        assertThat(database.count("SELECT count(*) FROM sms_velocity WHERE subject = 'country/FR'"))
                .isPositive();
    }

    @Test
    void counts_that_no_budget_looks_at_go_and_the_others_stay() {
        String old = """
                INSERT INTO sms_velocity (subject, hours, begins_at)
                SELECT 'prefix/retention-' || n, $1::int, now() - CAST($2::text AS interval)
                FROM generate_series(1, 1500) AS n
                """;
        database.execute(old, 1, "25 hours");
        database.execute(old, 24, "16 days");
        database.execute(old, 1, "2 hours");
        database.execute(old, 24, "14 days");

        retention.delete().await().atMost(PATIENCE);

        assertThat(database.count("SELECT count(*) FROM sms_velocity WHERE starts_with(subject, 'prefix/retention-')"))
                .isEqualTo(3_000);
        database.execute("DELETE FROM sms_velocity WHERE starts_with(subject, 'prefix/retention-')");
    }
}
