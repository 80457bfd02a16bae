package io.pims.authentication.support;

import static io.pims.authentication.Conversation.DRIVERS;
import static io.pims.authentication.Conversation.NUMBER;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.ratelimit.RateLimits;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.smscode.UsedLimits;
import io.pims.authentication.transaction.RecordedTransaction;
import io.pims.authentication.transaction.Transactions;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the help desk does for a driver who calls, and for an impostor who does. By two people: TwoReplicasRecoveryIT. */
@QuarkusTest
class SupportTest {

    private static final String PIN = "839517";
    private static final String OTHER_PIN = "590274";
    private static final String REASON = "Phone lost, identity seen, ticket 48213";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of the lock that requests for codes take first. */
    private static final String LOCK_KEY = "hashtextextended($1, " + RateLimits.LOCK_SEED + ")";

    private static final String WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            + " AND (CAST(classid AS bigint) << 32 | CAST(objid AS bigint)) = " + LOCK_KEY;

    private static final int AT_ONCE = 16;

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @Inject
    Pool pool;

    @Inject
    UsedLimits limits;

    @Inject
    RecoveryRetention retention;

    /** Somebody else in each test, for the limits of each. */
    private final String agent = "agent-" + UUID.randomUUID();

    @BeforeEach
    void provider_is_as_it_should_be() {
        vonage.reset();
    }

    private Conversation driver() {
        return new Conversation(TestDriver.withNumber(issuer), issuer, vonage);
    }

    private RequestSpecification desk() {
        return given().auth().oauth2(issuer.token(agent, Optional.of("support"), Optional.empty()));
    }

    private Response reads(String user) {
        return desk().queryParam("reason", REASON).get(DRIVERS, user);
    }

    private Response recovers(String user) {
        return posts(user, "/recovery");
    }

    private Response unblocks(String user) {
        return posts(user, "/unblock");
    }

    private Response posts(String user, String what) {
        return desk().contentType(ContentType.JSON)
                .body(Map.of("reason", REASON))
                .post(DRIVERS + what, user);
    }

    private Response undoes(String user) {
        return desk().queryParam("reason", REASON).delete(DRIVERS + "/recovery", user);
    }

    private static void refused(Response answer, int status, int code, String label) {
        answer.then().statusCode(status).body("error.code", equalTo(code)).body("error.label", equalTo(label));
    }

    private void told(Conversation conversation, String words) {
        await().atMost(PATIENCE)
                .until(() -> conversation.wasTold(conversation.driver().number(), words));
    }

    private static void onFile(Conversation conversation, String number) {
        conversation.driver().request().get(NUMBER).then().statusCode(200).body("result.phoneNumber", equalTo(number));
    }

    private String certifiesAnother(Conversation conversation) {
        String other = TestDriver.someone(issuer).number();
        conversation.adds(other, conversation.certificationCode(other)).then().statusCode(200);
        return other;
    }

    private void letTheHoldEnd(Conversation conversation) {
        String user = conversation.driver().name();
        database.execute("UPDATE recovery SET ends_at = now() - interval '1 second' WHERE user_id = $1", user);
        database.execute(
                "UPDATE trusted_phone_number SET resets_held_until = now() - interval '1 second' WHERE user_id = $1",
                user);
    }

    private long events(Conversation conversation, String what) {
        return database.count(
                "SELECT count(*) FROM security_event WHERE user_id = $1 AND what = $2 AND error_code IS NULL"
                        + " AND actor = $3 AND reason = $4",
                conversation.driver().name(),
                what,
                agent,
                REASON);
    }

    @Test
    void a_driver_without_phone_and_PIN_gets_in_again_after_the_hold_and_the_old_number_is_told_of_each_step() {
        Conversation conversation = driver().withPin(PIN);
        limits.forget(conversation.driver());
        String lastCode = conversation.resetCode();
        String user = conversation.driver().name();

        recovers(user)
                .then()
                .statusCode(200)
                .body("result.state", equalTo("DONE"))
                .body("result.endsAt", notNullValue());

        told(conversation, "customer service has removed");
        refused(conversation.resets(lastCode, OTHER_PIN), 400, 2305, "The sms code is invalid");
        conversation.verification(PIN).then().body("result.isPinCodeValid", equalTo(false));
        refused(conversation.driver().asksForCode(), 409, 2101, "Missing trustedphonenumber parameter");

        String other = certifiesAnother(conversation);
        told(conversation, "another phone number");
        onFile(conversation, other);
        limits.forget(conversation.driver());
        Response held = conversation.driver().asksForCode();
        refused(held, 429, 2201, "Timeout/Polling Timeout/Command Timeout");
        assertThat(Long.parseLong(held.header("Retry-After"))).isBetween(86_000L, 86_400L);

        letTheHoldEnd(conversation);
        conversation.driver().asksForCodeAndWaits(15).then().statusCode(200);
        conversation.resets(conversation.codeAt(other), OTHER_PIN).then().statusCode(200);
        conversation.verification(OTHER_PIN).then().body("result.isPinCodeValid", equalTo(true));
    }

    @Test
    void an_impostor_gets_no_reset_code_and_all_is_put_back() {
        Conversation conversation = driver().withPin(PIN);
        String user = conversation.driver().name();
        String old = conversation.driver().number();
        recovers(user).then().statusCode(200);
        String impostors = certifiesAnother(conversation);
        limits.forget(conversation.driver());
        refused(conversation.driver().asksForCode(), 429, 2201, "Timeout/Polling Timeout/Command Timeout");
        String third = TestDriver.someone(issuer).number();
        String code = conversation.certificationCode(third);

        undoes(user).then().statusCode(200).body("result.state", equalTo("UNDONE"));

        onFile(conversation, old);
        conversation.verification(PIN).then().body("result.isPinCodeValid", equalTo(true));
        told(conversation, "are valid again");
        assertThat(conversation.wasTold(impostors, "valid again")).isFalse();
        refused(conversation.modifies(third, code, PIN), 400, 2305, "The sms code is invalid");
        assertThat(database.count(
                        "SELECT count(*) FROM recovery WHERE user_id = $1 AND number IS NULL AND pin_hash IS NULL",
                        user))
                .isEqualTo(1);
        limits.forget(conversation.driver());
        conversation.resets(conversation.resetCode(), OTHER_PIN).then().statusCode(200);
    }

    /** By the PIN nobody gets round it: there is none. By another change of the number neither. */
    @Test
    void a_second_new_number_is_held_until_the_end_of_the_same_hold() {
        Conversation conversation = driver();
        recovers(conversation.driver().name()).then().statusCode(200);
        database.execute(
                "UPDATE recovery SET ends_at = now() + interval '20 days' WHERE user_id = $1",
                conversation.driver().name());
        certifiesAnother(conversation);
        String third = TestDriver.someone(issuer).number();
        limits.forget(conversation.driver());
        conversation
                .modifies(third, conversation.certificationCode(third))
                .then()
                .statusCode(200);

        Response held = conversation.driver().asksForCode();

        refused(held, 429, 2201, "Timeout/Polling Timeout/Command Timeout");
        assertThat(Long.parseLong(held.header("Retry-After"))).isGreaterThan(19 * 86_400L);
    }

    @Test
    void asked_again_it_changes_nothing_and_tells_nobody() {
        Conversation conversation = driver();
        String user = conversation.driver().name();
        String end = recovers(user).path("result.endsAt");

        recovers(user).then().statusCode(200).body("result.endsAt", equalTo(end));
        undoes(user).then().statusCode(200);
        undoes(user).then().statusCode(200).body("result.state", equalTo("UNDONE"));

        assertThat(events(conversation, "support.recovery")).isEqualTo(1);
        assertThat(events(conversation, "support.recoveryRequest")).isEqualTo(1);
        assertThat(events(conversation, "support.undo")).isEqualTo(1);
        assertThat(events(conversation, "support.undoRequest")).isEqualTo(1);
        assertThat(database.count(
                        "SELECT count(*) FROM sms_transaction WHERE user_id = $1 AND type LIKE 'recovery%'", user))
                .isEqualTo(2);
        onFile(conversation, conversation.driver().number());
    }

    @Test
    void a_driver_is_recovered_again_after_an_undoing_and_after_a_hold() {
        Conversation conversation = driver().withPin(PIN);
        String user = conversation.driver().name();
        recovers(user).then().statusCode(200);
        undoes(user).then().statusCode(200);

        recovers(user).then().statusCode(200).body("result.state", equalTo("DONE"));
        conversation.driver().request().get(NUMBER).then().statusCode(404);
        undoes(user).then().statusCode(200);
        onFile(conversation, conversation.driver().number());
        recovers(user).then().statusCode(200);
        letTheHoldEnd(conversation);
        String other = TestDriver.someone(issuer).number();
        conversation.adds(other, conversation.certificationCode(other)).then().statusCode(200);

        recovers(user).then().statusCode(200).body("result.state", equalTo("DONE"));

        conversation.driver().request().get(NUMBER).then().statusCode(404);
        assertThat(events(conversation, "support.recovery")).isEqualTo(4);
    }

    /** The deletes of two sessions of Hibernate Reactive at once get mixed up, where entities are deleted. */
    @Test
    void many_drivers_are_recovered_at_once() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int each = 0; each < 10 * AT_ONCE; each++) {
                String user = TestDriver.withNumber(issuer).name();
                String one = issuer.token("agent-" + user, Optional.of("support"), Optional.empty());
                answers.add(callers.submit(() -> given().auth()
                        .oauth2(one)
                        .contentType(ContentType.JSON)
                        .body(Map.of("reason", REASON))
                        .post(DRIVERS + "/recovery", user)
                        .statusCode()));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(200);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    /** An impostor could choose one that the driver does not read. */
    @Test
    void the_lost_number_is_told_in_the_language_from_before_whoever_certifies_another() {
        Conversation conversation = driver();
        String user = conversation.driver().name();
        recovers(user).then().statusCode(200);
        String other = TestDriver.someone(issuer).number();
        String code = conversation.certificationCode(other);

        conversation
                .driver()
                .json()
                .header("Accept-Language", "pl")
                .body(Map.of("action", "addPhoneNumber", "phoneNumber", other, "smsCode", code))
                .put(TestDriver.SMSCODE)
                .then()
                .statusCode(200);

        told(conversation, "another phone number");
        assertThat(database.count(
                        "SELECT count(*) FROM sms_transaction WHERE user_id = $1 AND type = 'phoneNumberChanged'"
                                + " AND language = 'en'",
                        user))
                .isEqualTo(1);
    }

    @Test
    void after_the_hold_nothing_is_left_to_put_back() {
        Conversation conversation = driver().withPin(PIN);
        String user = conversation.driver().name();
        recovers(user).then().statusCode(200);
        letTheHoldEnd(conversation);

        refused(undoes(user), 404, 2102, "Invalid recovery parameter");
        retention.deleteEnded().await().atMost(PATIENCE);

        assertThat(database.count("SELECT count(*) FROM recovery WHERE user_id = $1", user))
                .isZero();
        conversation.driver().request().get(NUMBER).then().statusCode(404);
    }

    @Test
    void one_whose_hold_lasts_is_not_deleted() {
        Conversation conversation = driver();
        recovers(conversation.driver().name()).then().statusCode(200);

        retention.deleteEnded().await().atMost(PATIENCE);

        undoes(conversation.driver().name()).then().statusCode(200);
        onFile(conversation, conversation.driver().number());
    }

    @Test
    void a_number_that_serves_others_by_now_is_put_back_all_the_same() {
        Conversation conversation = driver();
        String number = conversation.driver().number();
        recovers(conversation.driver().name()).then().statusCode(200);
        for (int account = 0; account < 3; account++) {
            TestDriver.withNumber(issuer, number);
        }

        undoes(conversation.driver().name()).then().statusCode(200);

        onFile(conversation, number);
    }

    @Test
    void of_somebody_unknown_there_is_nothing_to_see_and_nothing_to_recover() {
        String user = "nobody-" + UUID.randomUUID();

        reads(user)
                .then()
                .statusCode(200)
                .body("result.phoneNumber", nullValue())
                .body("result.pinCode.isSet", equalTo(false))
                .body("result.pinCode.changedAt", nullValue())
                .body("result.recovery", nullValue())
                .body("result.limits", empty())
                .body("result.transactions", empty())
                .body("result.events", empty());
        refused(recovers(user), 404, 2307, "User dont have a phone number");
        refused(undoes(user), 404, 2102, "Invalid recovery parameter");
        unblocks(user).then().statusCode(200).body("result", nullValue());
        reads(user)
                .then()
                .body(
                        "result.events.what",
                        contains("support.unblock", "support.undo", "support.recovery", "support.read"))
                .body("result.events.code", contains(null, 2102, 2307, null))
                .body("result.events.actor", contains(agent, agent, agent, agent));
    }

    @Test
    void the_help_desk_sees_how_things_stand_and_no_secret() {
        Conversation conversation = driver().withPin(PIN);
        limits.forget(conversation.driver());
        String code = conversation.resetCode();
        String number = conversation.driver().number();

        Response seen = reads(conversation.driver().name());

        seen.then()
                .statusCode(200)
                .body("result.phoneNumber.lastDigits", equalTo(number.substring(number.length() - 2)))
                .body("result.phoneNumber.country", equalTo("FR"))
                .body("result.phoneNumber.certifiedAt", notNullValue())
                .body("result.phoneNumber.resetsHeldUntil", nullValue())
                .body("result.pinCode.isSet", equalTo(true))
                .body("result.pinCode.isBlocked", equalTo(false))
                .body("result.pinCode.changedAt", notNullValue())
                .body("result.limits.limit", hasItem("user-3600s"))
                .body("result.limits.limit", hasItem("number-86400s"))
                .body("result.limits.limit", hasItem("attempt-86400s-reset"))
                .body("result.transactions.type", hasItem("pinReset"))
                .body("result.transactions[0].type", equalTo("resetPIN"))
                .body("result.transactions[0].status", equalTo("SUCCEEDED"))
                .body("result.transactions[0].attempts.ACCEPTED", greaterThanOrEqualTo(1))
                .body("result.events.what", contains("pincode.reset"));
        assertThat(seen.asString())
                .doesNotContain(number.substring(1), number.substring(3), '"' + code + '"', '"' + PIN + '"')
                .doesNotContain("messageId", "account");
    }

    @Test
    void no_more_than_the_last_twenty_are_told() {
        Conversation conversation = driver();
        database.execute(
                "INSERT INTO security_event (id, user_id, what, transaction_id)"
                        + " SELECT gen_random_uuid(), $1, 'pincode.update', gen_random_uuid() FROM generate_series(1, 21)",
                conversation.driver().name());
        database.execute(
                "INSERT INTO sms_transaction (id, user_id, type, number, number_key_id, number_hash, language, brand,"
                        + " status, created_at, deadline, finished_at, attempts, lease, lease_until)"
                        + " SELECT gen_random_uuid(), $1, 'pinReset', '\\x00', 'k', '\\x00', 'en', '', 'SUCCEEDED',"
                        + " now(), now(), now(), 1, 1, now() FROM generate_series(1, 21)",
                conversation.driver().name());

        Response seen = reads(conversation.driver().name());

        assertThat(seen.<List<Object>>path("result.events")).hasSize(20);
        assertThat(seen.<List<Object>>path("result.transactions")).hasSize(20);
    }

    @Test
    void unblocked_once_a_day_the_PIN_can_be_tried_again() {
        Conversation conversation = driver().withPin(PIN);
        limits.forget(conversation.driver());
        String code = conversation.resetCode();
        String wrong = code.equals("000000") ? "000001" : "000000";
        for (int tried = 0; tried < 5; tried++) {
            conversation.verification(OTHER_PIN).then().statusCode(200);
            conversation.resets(wrong, OTHER_PIN).then().statusCode(400);
        }
        refused(conversation.verification(PIN), 403, 2310, "inwebo: account is blocked");

        unblocks(conversation.driver().name()).then().statusCode(200).body("result", nullValue());

        conversation.verification(PIN).then().statusCode(200).body("result.isPinCodeValid", equalTo(true));
        // The guesses of the code that lives are not refilled.
        refused(conversation.resets(code, OTHER_PIN), 403, 2310, "inwebo: account is blocked");
        Response again = unblocks(conversation.driver().name());
        refused(again, 429, 2201, "Timeout/Polling Timeout/Command Timeout");
        assertThat(Long.parseLong(again.header("Retry-After"))).isBetween(86_000L, 86_400L);
    }

    @Test
    void to_unblock_a_PIN_is_not_to_prove_it() {
        Conversation conversation = driver().withPin(PIN);
        String user = conversation.driver().name();
        database.execute(
                "UPDATE pin_code SET failures = 3, proved_at = now() - interval '1 year' WHERE user_id = $1", user);

        unblocks(user).then().statusCode(200);

        assertThat(database.count(
                        "SELECT count(*) FROM pin_code WHERE user_id = $1 AND failures = 0"
                                + " AND proved_at < now() - interval '360 days'",
                        user))
                .isEqualTo(1);
    }

    /** An erasure has that lock, and then deletes the row: who had the row first would wait for it, and it for him. */
    @Test
    void unblocking_has_no_row_of_a_limit_while_it_waits_for_the_lock_of_requests_for_codes() throws Exception {
        String user = "nobody-" + UUID.randomUUID();
        database.execute(
                "INSERT INTO rate_limit (subject, arrivals, idle_at) VALUES ($1, '{}', now() + interval '1 day')",
                "unblock/" + user);
        CompletableFuture<Response> unblocked;
        SqlConnection erasure = pool.getConnection().await().atMost(PATIENCE);
        try {
            run(erasure, "BEGIN");
            run(erasure, "SELECT CAST(pg_advisory_xact_lock(" + LOCK_KEY + ") AS text)", "user/" + user);
            unblocked = CompletableFuture.supplyAsync(() -> unblocks(user));
            await().atMost(PATIENCE).until(() -> database.count(WAITING, "user/" + user) == 1);

            assertThatCode(() -> run(
                            erasure,
                            "SELECT 1 FROM rate_limit WHERE subject = $1 FOR UPDATE NOWAIT",
                            "unblock/" + user))
                    .doesNotThrowAnyException();
        } finally {
            run(erasure, "ROLLBACK");
            erasure.close().await().atMost(PATIENCE);
        }
        unblocked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void run(SqlConnection connection, String sql, Object... values) {
        connection
                .preparedQuery(sql)
                .execute(Tuple.from(List.of(values)))
                .await()
                .atMost(PATIENCE);
    }

    @Test
    void unblocked_a_driver_who_has_used_up_the_day_may_ask_for_one_more_code() {
        Conversation conversation = driver();
        long tomorrow = System.currentTimeMillis() * 1_000 + 86_400_000_000L;
        database.execute(
                "INSERT INTO rate_limit (subject, arrivals, idle_at) VALUES ($1, jsonb_build_object('user-3600s',"
                        + " CAST($2 AS bigint), 'user-86400s', CAST($2 AS bigint)), now() + interval '1 day')",
                "user/" + conversation.driver().name(),
                tomorrow);
        conversation.driver().asksForCode().then().statusCode(429);

        unblocks(conversation.driver().name()).then().statusCode(200);

        conversation.driver().asksForCode().then().statusCode(202);
        database.execute(
                "UPDATE rate_limit SET arrivals = arrivals - 'user-type-30s-resetPIN' WHERE subject = $1",
                "user/" + conversation.driver().name());
        Response second = conversation.driver().asksForCode();
        second.then().statusCode(429).header("RateLimit", containsString("user-86400s"));
    }

    @Test
    void nobody_acts_on_the_own_account() {
        for (Response answer : List.of(reads(agent), recovers(agent), undoes(agent), unblocks(agent))) {
            refused(answer, 403, 2102, "Invalid user parameter");
        }
        assertThat(database.count(
                        "SELECT count(DISTINCT what) FROM security_event WHERE user_id = $1 AND actor = $1"
                                + " AND error_code = 2102 AND reason = $2",
                        agent,
                        REASON))
                .isEqualTo(4);
    }

    @Test
    void a_reason_that_is_missing_or_over_long_is_refused_and_nothing_is_done() {
        Conversation conversation = driver();
        String user = conversation.driver().name();

        refused(desk().get(DRIVERS, user), 400, 2101, "Missing reason parameter");
        refused(desk().delete(DRIVERS + "/recovery", user), 400, 2101, "Missing reason parameter");
        for (String reason :
                List.of("", "x".repeat(201), "call " + conversation.driver().number())) {
            refused(desk().queryParam("reason", reason).get(DRIVERS, user), 400, 2102, "Invalid reason parameter");
            refused(
                    desk().queryParam("reason", reason).delete(DRIVERS + "/recovery", user),
                    400,
                    2102,
                    "Invalid reason parameter");
        }
        refused(desk().queryParam("reason", REASON, REASON).get(DRIVERS, user), 400, 2102, "Invalid reason parameter");
        refused(
                desk().queryParam("reason", REASON).queryParam("colour", "red").get(DRIVERS, user),
                400,
                2102,
                "Invalid query parameter");
        assertThat(database.count("SELECT count(*) FROM security_event WHERE user_id = $1", user))
                .isZero();
    }

    /** Its digits are unknown then; all else helps still. */
    @Test
    void a_number_whose_key_was_thrown_away_keeps_nothing_else_from_the_help_desk() {
        Conversation conversation = driver();
        String user = conversation.driver().name();
        database.execute("UPDATE trusted_phone_number SET number_key_id = 'gone' WHERE user_id = $1", user);

        reads(user)
                .then()
                .statusCode(200)
                .body("result.phoneNumber.lastDigits", nullValue())
                .body("result.phoneNumber.country", equalTo("FR"))
                .body("result.phoneNumber.certifiedAt", notNullValue());
    }

    @Test
    void a_user_of_any_characters_is_told_apart_from_the_path() {
        for (String user :
                List.of("auth0|" + UUID.randomUUID(), "a/b " + UUID.randomUUID(), "100%2F" + UUID.randomUUID())) {
            reads(user).then().statusCode(200);

            assertThat(database.count("SELECT count(*) FROM security_event WHERE user_id = $1", user))
                    .as(user)
                    .isEqualTo(1);
        }
    }

    @Test
    void a_user_that_can_be_none_is_2102() {
        refused(reads("x".repeat(256)), 400, 2102, "Invalid user parameter");
        refused(reads("jos\u00e9"), 400, 2102, "Invalid user parameter");
    }

    @Test
    void a_call_over_the_limit_reads_nothing_and_is_not_recorded() {
        String user = "nobody-" + UUID.randomUUID();
        for (int call = 0; call < 30; call++) {
            reads(user);
        }

        Response refused = reads(user);

        // One more may have passed while these were made.
        while (refused.statusCode() == 200) {
            refused = reads(user);
        }
        refused(refused, 429, 2201, "Timeout/Polling Timeout/Command Timeout");
        refused.then().header("RateLimit", containsString("support-60s"));
        assertThat(database.count(
                        "SELECT count(*) FROM security_event WHERE user_id = $1 AND error_code IS NOT NULL", user))
                .isZero();
    }

    @Test
    void a_recovery_over_the_limit_does_not_look_for_the_drivers_language_either() {
        database.execute(
                "INSERT INTO rate_limit (subject, arrivals, idle_at) VALUES ($1, jsonb_build_object('support-60s',"
                        + " CAST($2 AS bigint)), now() + interval '1 day')",
                "support/" + agent,
                System.currentTimeMillis() * 1_000 + 86_400_000_000L);
        AtomicInteger looks = new AtomicInteger();
        QuarkusMock.installMockForType(
                new Transactions(null) {
                    @Override
                    public Uni<List<RecordedTransaction>> latest(String user, int atMost) {
                        looks.incrementAndGet();
                        return Uni.createFrom().item(List.of());
                    }
                },
                Transactions.class);

        refused(recovers("nobody-" + UUID.randomUUID()), 429, 2201, "Timeout/Polling Timeout/Command Timeout");

        assertThat(looks).hasValue(0);
    }
}
