package io.pims.authentication.privacy;

import static io.pims.authentication.Conversation.DATA;
import static io.pims.authentication.Conversation.DRIVERS;
import static io.pims.authentication.TestDriver.SMSCODE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.notice.NoticeOutbox;
import io.pims.authentication.notice.SilentBackend;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A driver asks what is kept, and wants it gone. */
@QuarkusTest
class DriverDataTest {

    private static final String PIN = "839517";
    private static final String OTHER_PIN = "590274";
    private static final Duration LONGEST_SEND = Duration.ofSeconds(60);

    private static final String TABLES = """
            SELECT table_name::text FROM information_schema.tables
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name
            """;

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @Inject
    NumberVault vault;

    private Conversation conversation;
    private TestDriver driver;

    @BeforeEach
    void a_driver_who_did_all_that_one_can_do() {
        vonage.reset();
        driver = TestDriver.someone(issuer);
        conversation = new Conversation(driver, issuer, vonage);
    }

    @AfterEach
    void as_usual() {
        vonage.reset();
        database.execute("DELETE FROM notice_queue");
        database.execute("DELETE FROM notice_outbox");
    }

    private void lives() {
        conversation
                .adds(driver.number(), conversation.certificationCode(driver.number()))
                .then()
                .statusCode(200);
        driver.json()
                .header("Idempotency-Key", "\"of-" + driver.name() + "\"")
                .header("Prefer", "wait=15")
                .body(Map.of("type", "resetPIN"))
                .post(SMSCODE)
                .then()
                .statusCode(200);
        String code = conversation.codeAt(driver.number());
        conversation
                .resets(code.equals("000000") ? "000001" : "000000", PIN)
                .then()
                .statusCode(400);
        conversation.resets(code, PIN).then().statusCode(200);
        conversation.verification("730158").then().statusCode(200);
        conversation.verification(PIN).then().statusCode(200);
        conversation.updates(PIN, OTHER_PIN).then().statusCode(200);
        nothingIsInFlight();
    }

    /** Notices go out beside the answer. */
    private void nothingIsInFlight() {
        await().atMost(LONGEST_SEND)
                .until(() -> database.count(
                                "SELECT count(*) FROM sms_transaction WHERE user_id = $1 AND finished_at IS NULL",
                                driver.name())
                        == 0);
    }

    /** The tables that have a text in any of their columns. */
    private List<String> tablesWith(String text) {
        TreeSet<String> found = new TreeSet<>();
        for (Row table : database.execute(TABLES)) {
            String name = table.getString(0);
            if (database.count("SELECT count(*) FROM \"" + name + "\" AS t WHERE strpos(t::text, $1) > 0", text) > 0) {
                found.add(name);
            }
        }
        return List.copyOf(found);
    }

    private String numberHash() {
        return HexFormat.of().formatHex(vault.hash(new PhoneNumber(driver.number())));
    }

    /** Under which there is what a driver did, and not the erasure itself. */
    private Set<String> pseudonyms() {
        Set<String> pseudonyms = new HashSet<>();
        database.execute("SELECT DISTINCT user_id FROM security_event"
                        + " WHERE starts_with(user_id, 'erased-') AND what <> 'driver.erasure'")
                .forEach(row -> pseudonyms.add(row.getString(0)));
        return pseudonyms;
    }

    private String pseudonymSince(Set<String> before) {
        Set<String> since = pseudonyms();
        since.removeAll(before);
        assertThat(since).hasSize(1);
        return since.iterator().next();
    }

    @Test
    void what_is_kept_about_a_driver_is_told_with_the_number_in_clear() {
        lives();

        conversation
                .data()
                .then()
                .statusCode(200)
                .body("status", equalTo("SUCCEEDED"))
                .body("result.phoneNumbers.phoneNumber", equalTo(List.of(driver.number())))
                .body("result.phoneNumbers.country", equalTo(List.of("FR")))
                .body("result.pinCodes", hasSize(1))
                .body("result.pinCodes[0].wrongTries", equalTo(0))
                .body("result.codes.type", containsInAnyOrder("resetPIN", "phoneNumberCertification"))
                .body("result.limits.limit", hasItem(startsWith("user-type-30s-resetPIN")))
                .body("result.transactions.type", hasItem("pinReset"))
                .body("result.transactions.phoneNumber", everyItem(equalTo(driver.number())))
                .body("result.transactions.idempotencyKey", hasItem("of-" + driver.name()))
                .body(
                        "result.events.what",
                        containsInAnyOrder(
                                "smscode.addPhoneNumber",
                                "pincode.reset",
                                "pincode.reset",
                                "pincode.verification",
                                "pincode.update"))
                .body("result.incomplete", empty());
    }

    @Test
    void neither_codes_nor_PINs_nor_their_hashes_are_told() {
        lives();
        String hash = database.execute("SELECT hash FROM pin_code WHERE user_id = $1", driver.name())
                .iterator()
                .next()
                .getString(0);

        String told = conversation.data().asString();

        assertThat(told).doesNotContain(hash, PIN, OTHER_PIN, conversation.codeAt(driver.number()), numberHash());
    }

    @Test
    void that_it_was_told_is_an_event_with_the_one_who_asked() {
        lives();

        String request = conversation.data().path("transactionId");

        conversation
                .events(Map.of())
                .then()
                .body("result.events[0].what", equalTo("driver.export"))
                .body("result.events[0].actor", equalTo("privacy"))
                .body("result.events[0].transactionId", equalTo(request));
        conversation.events(Map.of()).then().body("result.events[1]", not(hasKey("actor")));
    }

    @Test
    void of_a_user_whom_nobody_knows_nothing_is_told_and_nothing_is_recorded() {
        conversation
                .data()
                .then()
                .statusCode(200)
                .body("result.phoneNumbers", empty())
                .body("result.events", empty())
                .body("result.transactions", empty());

        assertThat(tablesWith(driver.name())).isEmpty();
    }

    @Test
    void after_an_erasure_the_driver_is_in_no_table() {
        lives();
        assertThat(tablesWith(driver.name())).contains("pin_code", "security_event", "sms_transaction");

        conversation.erased().then().statusCode(200).body("status", equalTo("SUCCEEDED"));

        assertThat(tablesWith(driver.name())).isEmpty();
        assertThat(tablesWith(numberHash()))
                .as("the use of the number is everybody's who knows it, and goes within a day")
                .isSubsetOf("rate_limit");
        conversation.data().then().body("result.events", empty()).body("result.transactions", empty());
        assertThat(tablesWith(driver.name()))
                .as("to look whether it is gone leaves nothing either")
                .isEmpty();
    }

    /** Who has a role, and is a driver too. */
    @Test
    void after_an_erasure_the_driver_is_in_no_table_as_somebody_who_acted_on_the_own_account_either() {
        lives();
        String support = issuer.token(driver.name(), Optional.of("support"), Optional.empty());
        given().auth()
                .oauth2(support)
                .queryParam("reason", "Curious")
                .get(DRIVERS, driver.name())
                .then()
                .statusCode(403);
        String privacy = issuer.token(driver.name(), Optional.of("privacy"), Optional.empty());
        given().auth().oauth2(privacy).get(DATA, driver.name()).then().statusCode(200);
        assertThat(database.count(
                        "SELECT count(*) FROM security_event WHERE user_id = $1 AND actor = $1", driver.name()))
                .isEqualTo(2);

        given().auth().oauth2(privacy).delete(DATA, driver.name()).then().statusCode(200);

        assertThat(tablesWith(driver.name()))
                .as("but for the use of the limits of whoever has a role, which goes within a day")
                .isSubsetOf("rate_limit");
    }

    /** The walk over inactive drivers may have stopped there. */
    @Test
    void after_an_erasure_the_driver_is_no_position_of_a_job() {
        lives();
        database.execute(
                "UPDATE job_turn SET position = 'phoneNumbers/' || $1 WHERE job = 'inactive-drivers'", driver.name());

        conversation.erased().then().statusCode(200);

        assertThat(tablesWith(driver.name())).isEmpty();
        assertThat(database.execute("UPDATE job_turn SET position = '' WHERE job = 'inactive-drivers'"
                                + " AND position = 'phoneNumbers/'")
                        .rowCount())
                .as("the walk begins this part again")
                .isEqualTo(1);
    }

    private void recovers(String agent, String reason) {
        given().auth()
                .oauth2(issuer.token(agent, Optional.of("support"), Optional.empty()))
                .contentType(ContentType.JSON)
                .body(Map.of("reason", reason))
                .post(DRIVERS + "/recovery", driver.name())
                .then()
                .statusCode(200)
                .body("result.state", equalTo("DONE"));
        nothingIsInFlight();
    }

    @Test
    void what_the_help_desk_can_put_back_and_what_the_backend_is_to_be_told_is_told_and_erased_too() {
        lives();
        String agent = "agent-" + UUID.randomUUID();
        String reason = "Phone lost, ticket " + agent.substring(6, 14);
        QuarkusMock.installMockForType(SilentBackend.outbox(), NoticeOutbox.class);
        recovers(agent, reason);

        Response told = conversation.data();

        told.then()
                .statusCode(200)
                .body("result.recoveries", hasSize(1))
                .body("result.recoveries[0].state", equalTo("DONE"))
                .body("result.recoveries[0].phoneNumber", equalTo(driver.number()))
                .body("result.recoveries[0].country", equalTo("FR"))
                .body("result.recoveries[0].pinChangedAt", startsWith("20"))
                .body("result.recoveries[0].endsAt", startsWith("20"))
                .body("result.phoneNumbers", empty())
                .body("result.pinCodes", empty())
                .body("result.notices", hasSize(1))
                .body("result.notices[0].what", equalTo("support.recovery"))
                .body("result.events.reason", hasItem(reason));
        assertThat(told.asString()).doesNotContain(agent, numberHash());
        assertThat(tablesWith(driver.name())).contains("recovery", "notice_outbox", "notice_queue");

        conversation.erased().then().statusCode(200);

        assertThat(tablesWith(driver.name())).isEmpty();
        assertThat(tablesWith(numberHash())).isSubsetOf("rate_limit");
        assertThat(tablesWith(reason)).isEmpty();
        given().auth()
                .oauth2(issuer.token(agent, Optional.of("support"), Optional.empty()))
                .queryParam("reason", "Phone found again")
                .delete(DRIVERS + "/recovery", driver.name())
                .then()
                .statusCode(404);
        driver.request().get(Conversation.NUMBER).then().statusCode(404);
    }

    @Test
    void a_parameter_that_neither_operation_has_is_refused_and_nothing_is_erased() {
        conversation
                .adds(driver.number(), conversation.certificationCode(driver.number()))
                .then()
                .statusCode(200);
        nothingIsInFlight();
        String token = issuer.token("privacy", Optional.of("privacy"), Optional.empty());

        given().auth()
                .oauth2(token)
                .queryParam("dryRun", true)
                .delete(DATA, driver.name())
                .then()
                .statusCode(400)
                .body("error.label", equalTo("Invalid query parameter"));
        given().auth()
                .oauth2(token)
                .queryParam("part", "events")
                .get(DATA, driver.name())
                .then()
                .statusCode(400);

        conversation.data().then().body("result.phoneNumbers", hasSize(1));
        conversation.events(Map.of()).then().body("result.events.what", not(hasItem("driver.erasure")));
    }

    @Test
    void an_erasure_that_is_repeated_finds_nothing_and_succeeds() {
        lives();
        conversation.erased().then().statusCode(200);
        long events = database.count("SELECT count(*) FROM security_event");

        conversation.erased().then().statusCode(200).body("status", equalTo("SUCCEEDED"));

        assertThat(database.count("SELECT count(*) FROM security_event")).isEqualTo(events);
    }

    @Test
    void what_the_bill_is_counted_by_stays_with_nobody_in_it() {
        lives();
        List<String> ids = conversation.data().path("result.transactions.id");

        conversation.erased().then().statusCode(200);

        for (String id : ids) {
            Row row = database.execute("SELECT * FROM sms_transaction WHERE id = $1", UUID.fromString(id))
                    .iterator()
                    .next();
            assertThat(row.getString("status")).isEqualTo("SUCCEEDED");
            assertThat(row.getInteger("attempts")).isEqualTo(1);
            assertThat(row.getOffsetDateTime("created_at")).isNotNull();
            assertThat(row.getString("user_id")).isEmpty();
            assertThat(row.getBuffer("number").length()).isZero();
            assertThat(row.getBuffer("number_hash").length()).isZero();
            assertThat(row.getString("language")).isEmpty();
            assertThat(row.getString("idempotency_key")).isNull();
            assertThat(row.getString("trace_parent")).isNull();
            assertThat(row.getUUID("code_id")).isNull();
            assertThat(row.getString("provider_message_id")).isNull();
            driver.request().get(SMSCODE + "/" + id).then().statusCode(404);
        }
    }

    @Test
    void what_happened_stays_under_a_name_that_leads_to_nobody() {
        lives();
        List<String> requests = conversation.events(Map.of()).path("result.events.transactionId");
        List<String> events = conversation.events(Map.of()).path("result.events.id");
        Set<String> before = pseudonyms();
        String request = conversation.erased().path("transactionId");

        String pseudonym = pseudonymSince(before);
        assertThat(requests).allSatisfy(id -> assertThat(tablesWith(id)).isEmpty());
        assertThat(events).allSatisfy(id -> assertThat(tablesWith(id)).isEmpty());
        given().auth()
                .oauth2(issuer.token("auditor", Optional.of("auditor"), Optional.empty()))
                .queryParam("user", pseudonym)
                .get(Conversation.EVENTS)
                .then()
                .body("result.events", everyItem(not(hasKey("addressHash"))))
                .body("result.events.what", hasItem("pincode.reset"))
                .body("result.events.at", everyItem(allOf(startsWith("20"), endsWith(":00:00Z"))));
        Row erasure = database.execute(
                        "SELECT user_id, actor FROM security_event WHERE what = 'driver.erasure' AND transaction_id = $1",
                        UUID.fromString(request))
                .iterator()
                .next();
        assertThat(erasure.getString("actor")).isEqualTo("privacy");
        assertThat(database.count(
                        "SELECT count(*) FROM security_event WHERE user_id = $1", erasure.getString("user_id")))
                .as("who knows the request does not find the driver's events by it")
                .isOne();
    }

    @Test
    void the_events_of_an_hour_stay_in_their_order() {
        lives();
        List<String> before = conversation.events(Map.of()).path("result.events.what");
        Set<String> others = pseudonyms();

        conversation.erased().then().statusCode(200);

        List<String> after = new ArrayList<>();
        database.execute("SELECT what FROM security_event WHERE user_id = $1 ORDER BY id DESC", pseudonymSince(others))
                .forEach(row -> after.add(row.getString(0)));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void while_an_SMS_is_in_flight_nothing_is_erased() {
        lives();
        database.execute("DELETE FROM rate_limit WHERE subject = $1", "user/" + driver.name());
        vonage.behave(new ProviderSettings(Behaviour.HANG, 0, true));
        driver.asksForCode().then().statusCode(202);

        Response refused = conversation.erased();

        refused.then().statusCode(429).body("error.code", equalTo(2201));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 120);
        conversation
                .data()
                .then()
                .body("result.phoneNumbers", hasSize(1))
                .body("result.pinCodes", hasSize(1))
                .body("result.transactions", hasSize(greaterThanOrEqualTo(4)));
        vonage.reset();
        nothingIsInFlight();
        conversation.erased().then().statusCode(200);
        assertThat(tablesWith(driver.name())).isEmpty();
    }

    @Test
    void who_was_erased_can_begin_again() {
        lives();
        conversation.erased().then().statusCode(200);

        conversation
                .adds(driver.number(), conversation.certificationCode(driver.number()))
                .then()
                .statusCode(200);
        conversation.withPin(PIN);
        conversation.verification(OTHER_PIN).then().body("result.isPinCodeValid", equalTo(false));
    }

    @Test
    void a_code_that_was_asked_for_before_serves_for_nothing_after_it() {
        lives();
        database.execute("DELETE FROM rate_limit WHERE subject = $1", "user/" + driver.name());
        String code = conversation.resetCode();
        conversation.erased().then().statusCode(200);

        conversation.resets(code, PIN).then().statusCode(400).body("error.code", equalTo(2305));
    }

    @Test
    void any_name_of_a_user_can_be_in_the_path() {
        String name = "a/b c%2F?#&;=+~" + driver.name();
        database.execute("INSERT INTO pin_code_absent (user_id, failures, tried_at) VALUES ($1, 3, now())", name);
        String token = issuer.token("privacy", Optional.of("privacy"), Optional.empty());

        given().auth()
                .oauth2(token)
                .get(DATA, name)
                .then()
                .statusCode(200)
                .body("result.pinCodes.wrongTries", equalTo(List.of(3)));
        given().auth().oauth2(token).delete(DATA, name).then().statusCode(200);

        assertThat(tablesWith(name)).isEmpty();
    }

    /** RFC 3986, section 3.3: all of them but the semicolon. */
    @Test
    void what_may_stand_plain_in_a_path_is_a_part_of_the_name() {
        String name = "a!$&'()*+,=:@~-._" + driver.name();
        database.execute("INSERT INTO pin_code_absent (user_id, failures, tried_at) VALUES ($1, 3, now())", name);
        String token = issuer.token("privacy", Optional.of("privacy"), Optional.empty());

        given().urlEncodingEnabled(false)
                .auth()
                .oauth2(token)
                .get(DATA, name)
                .then()
                .statusCode(200)
                .body("result.pinCodes.wrongTries", equalTo(List.of(3)));
        given().urlEncodingEnabled(false)
                .auth()
                .oauth2(token)
                .delete(DATA, name)
                .then()
                .statusCode(200);

        assertThat(tablesWith(name)).isEmpty();
    }

    @Test
    void a_name_that_no_user_can_have_is_2102() {
        String token = issuer.token("privacy", Optional.of("privacy"), Optional.empty());
        for (String name : List.of("x".repeat(256), "é", "a\nb", "\u0000")) {
            given().auth()
                    .oauth2(token)
                    .delete(DATA, name)
                    .then()
                    .statusCode(400)
                    .body("error.label", equalTo("Invalid user parameter"));
        }
    }
}
