package io.pims.authentication.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExpiredCodeRetentionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PIN = "839517";

    private static final String ISSUED = """
            INSERT INTO sms_code (user_id, type, id, key_id, number_hash, expires_at)
            SELECT $1 || n, type, gen_random_uuid(), 'gone', '', now() - CAST($2::text AS interval)
            FROM generate_series(1, CAST($3 AS bigint)) AS n,
                (VALUES ('resetPIN'), ('phoneNumberCertification')) AS types(type)
            """;

    @Inject
    ExpiredCodeRetention expired;

    @Inject
    Database database;

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    private final String user = "driver-" + UUID.randomUUID() + "-";

    private void issued(String expiredFor, long users) {
        database.execute(ISSUED, user + expiredFor.replace(' ', '-') + "-", expiredFor, users);
    }

    private long kept() {
        return database.count("SELECT count(*) FROM sms_code WHERE starts_with(user_id, $1)", user);
    }

    @Test
    void codes_that_expired_long_ago_go_and_the_others_stay() {
        issued("25 hours", 1_100);
        issued("23 hours", 600);
        issued("-5 minutes", 2);

        expired.delete().await().atMost(PATIENCE);

        assertThat(kept()).isEqualTo(2 * 602);
    }

    /** Retention of drivers asks when they were last heard of. */
    @Test
    void when_a_code_was_asked_for_stays_with_the_number_after_the_code_has_gone() {
        issued("25 hours", 1);
        database.execute(
                "INSERT INTO trusted_phone_number (user_id, number, number_key_id, number_hash, certified_at, asked_at)"
                        + " SELECT user_id, '', 'gone', '', now() - interval '900 days', now() - interval '900 days'"
                        + " FROM sms_code WHERE starts_with(user_id, $1) AND type = 'resetPIN'",
                user);

        expired.delete().await().atMost(PATIENCE);

        assertThat(kept()).isZero();
        assertThat(database.count(
                        "SELECT CAST(round(extract(epoch FROM now() - asked_at) / 3600) AS bigint)"
                                + " FROM trusted_phone_number WHERE starts_with(user_id, $1)",
                        user))
                .isEqualTo(25);
    }

    @Test
    void a_code_is_first_expired_then_unknown_and_another_can_be_asked_for() {
        vonage.reset();
        Conversation conversation = new Conversation(TestDriver.withNumber(issuer), issuer, vonage);
        String code = conversation.resetCode();

        database.ageCodes(conversation.driver(), "24 hours");
        expired.delete().await().atMost(PATIENCE);
        conversation.resets(code, PIN).then().body("error.code", equalTo(2306));
        database.ageCodes(conversation.driver(), "24 hours");
        expired.delete().await().atMost(PATIENCE);
        conversation.resets(code, PIN).then().body("error.code", equalTo(2305));

        database.execute(
                "DELETE FROM rate_limit WHERE subject = $1",
                "user/" + conversation.driver().name());
        conversation.withPin(PIN);
    }
}
