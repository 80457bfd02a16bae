package io.pims.authentication.securityevent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SecurityEventsTest {

    private static final String PIN = "839517";

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @Inject
    RequestIds ids;

    private Conversation conversation;

    @BeforeEach
    void a_driver_with_a_number() {
        vonage.reset();
        conversation = new Conversation(TestDriver.withNumber(issuer), issuer, vonage);
    }

    private String user() {
        return conversation.driver().name();
    }

    private void guesses(int times) {
        for (int guess = 0; guess < times; guess++) {
            conversation.resets("048213", PIN).then().statusCode(400);
        }
    }

    private void changes(int times) {
        for (int change = 0; change < times; change++) {
            database.execute(
                    "INSERT INTO security_event (id, user_id, what, transaction_id) VALUES ($1, $2, 'pincode.update', $1)",
                    ids.generate(),
                    user());
        }
    }

    private List<String> recorded() {
        return StreamSupport.stream(
                        database.execute("SELECT id FROM security_event WHERE user_id = $1 ORDER BY id DESC", user())
                                .spliterator(),
                        false)
                .map(row -> row.getUUID(0).toString())
                .toList();
    }

    /** All pages, one after the other. */
    private List<String> read(Map<String, ?> query) {
        List<String> read = new ArrayList<>();
        Response page = conversation.events(query);
        read.addAll(page.path("result.events.id"));
        while (page.path("result.next") != null) {
            Map<String, Object> next = new HashMap<>(query);
            next.put("before", page.path("result.next"));
            page = conversation.events(next);
            read.addAll(page.path("result.events.id"));
        }
        return read;
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "7", "8", "200"})
    void page_by_page_every_event_is_read_once_newest_first(int limit) {
        changes(7);

        List<String> read = read(Map.of("limit", limit));

        assertThat(read).hasSize(7).isEqualTo(recorded());
    }

    @Test
    void without_a_limit_a_page_has_fifty() {
        changes(51);

        Response first = conversation.events(Map.of());

        assertThat(first.<List<String>>path("result.events.id")).hasSize(50);
        assertThat(read(Map.of())).isEqualTo(recorded());
    }

    @Test
    void an_event_that_comes_meanwhile_is_in_no_later_page() {
        changes(4);
        Response first = conversation.events(Map.of("limit", 2));
        List<String> before = recorded();
        guesses(1);

        Response second = conversation.events(Map.of("limit", 2, "before", first.<String>path("result.next")));

        assertThat(second.<List<String>>path("result.events.id")).isEqualTo(before.subList(2, 4));
        second.then().body("result.next", nullValue());
    }

    @Test
    void an_event_says_what_happened_and_how_it_was_refused() {
        String refused = conversation.resets("048213", PIN).path("transactionId");

        conversation
                .events(Map.of())
                .then()
                .statusCode(200)
                .body("result.events.size()", equalTo(1))
                .body("result.events[0].what", equalTo("pincode.reset"))
                .body("result.events[0].code", equalTo(2305))
                .body("result.events[0].transactionId", equalTo(refused));
    }

    @Test
    void wrong_guesses_of_an_hour_are_one_event_that_says_how_many() {
        guesses(7);

        assertThat(recorded()).hasSize(1);
        conversation
                .events(Map.of())
                .then()
                .body("result.events.size()", equalTo(1))
                .body("result.events[0].what", equalTo("pincode.reset"))
                .body("result.events[0].code", equalTo(2305))
                .body("result.events[0].times", equalTo(7));
    }

    @Test
    void whatever_a_driver_gets_wrong_again_and_again_is_one_event_for_each_kind() {
        String taken = conversation.driver().number();
        Conversation newcomer = new Conversation(TestDriver.someone(issuer), issuer, vonage);
        for (int tried = 0; tried < 8; tried++) {
            conversation.updates("730158", "590274");
            conversation.verification("730158");
            conversation.modifies(TestDriver.someone(issuer).number(), "048213");
            newcomer.adds(taken, "048213");
        }

        assertThat(told(conversation))
                .containsExactlyInAnyOrder(
                        "pincode.update 2102 3",
                        "pincode.update 2310 5",
                        "pincode.verification 2102 2",
                        "pincode.verification 2310 6",
                        "smscode.modifyPhoneNumber 2305 8");
        assertThat(told(newcomer)).containsExactly("smscode.addPhoneNumber 2305 8");
    }

    @Test
    void an_expired_and_a_dead_code_are_one_event_each() {
        String code = conversation.resetCode();
        String wrong = code.equals("000000") ? "000001" : "000000";
        for (int tried = 0; tried < 7; tried++) {
            conversation.resets(wrong, PIN);
        }
        database.ageCodes(conversation.driver(), "1 hour");
        for (int tried = 0; tried < 3; tried++) {
            conversation.resets(code, PIN).then().body("error.code", equalTo(2306));
        }

        assertThat(told(conversation))
                .containsExactlyInAnyOrder("pincode.reset 2305 5", "pincode.reset 2310 2", "pincode.reset 2306 3");
    }

    private static List<String> told(Conversation driver) {
        List<Map<String, ?>> events = driver.events(Map.of()).path("result.events");
        return events.stream()
                .map(event -> event.get("what") + " " + event.get("code") + " " + event.get("times"))
                .toList();
    }

    @Test
    void nobody_elses_events_are_in_a_page_nor_reached_by_their_ids() {
        guesses(2);
        String others = recorded().get(0);
        Conversation other = new Conversation(TestDriver.someone(issuer), issuer, vonage);

        other.events(Map.of()).then().statusCode(200).body("result.events.size()", equalTo(0));
        other.events(Map.of("before", others)).then().statusCode(200).body("result.events.size()", equalTo(0));
    }

    @Test
    void no_event_holds_a_number_a_code_or_a_pin() {
        String code = conversation.resetCode();
        conversation.resets(code.equals("000000") ? "000001" : "000000", PIN);
        conversation.resets(code, PIN).then().statusCode(200);
        conversation.updates("730158", "590274");
        conversation.updates(PIN, "590274").then().statusCode(200);
        conversation.verification("730158");
        String number = TestDriver.someone(issuer).number();
        String certificationCode = conversation.certificationCode(number);
        conversation.modifies(number, certificationCode, "590274").then().statusCode(200);

        String events = conversation.events(Map.of()).asString();

        assertThat(recorded()).hasSize(6);
        long telling = database.count(
                "SELECT count(*) FROM security_event e WHERE user_id = $1 AND"
                        + " concat_ws('|', what, error_code, transaction_id, address_hash) ~ $2",
                user(),
                "\\m(" + String.join("|", PIN, "590274", "730158", code, certificationCode) + ")\\M|"
                        + number.substring(3) + "|"
                        + conversation.driver().number().substring(3));
        assertThat(telling).isZero();
        assertThat(events)
                .doesNotContainPattern("\\b(" + PIN + "|590274|730158)\\b")
                .doesNotContain(
                        number.substring(3), conversation.driver().number().substring(3));
    }

    @Test
    void what_is_recorded_can_not_be_changed() {
        guesses(1);

        assertThatThrownBy(() -> database.execute("UPDATE security_event SET what = 'x' WHERE user_id = $1", user()))
                .hasMessageContaining("security_event is append-only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "times = 1",
                "times = 2",
                "times = 3, last_at = last_at - interval '1 second'",
                "times = 3, at = now()",
                "times = 3, error_code = NULL",
                "times = 3, hour = NULL"
            })
    void of_refusals_that_are_counted_nothing_can_be_changed_but_that_they_get_more(String change) {
        guesses(2);

        assertThatThrownBy(
                        () -> database.execute("UPDATE security_event SET " + change + " WHERE user_id = $1", user()))
                .hasMessageContaining("security_event is append-only");
    }

    @Test
    void deeds_are_not_counted_together() {
        changes(1);

        assertThatThrownBy(() -> database.execute("UPDATE security_event SET times = 2 WHERE user_id = $1", user()))
                .hasMessageContaining("security_event is append-only");
    }

    @Test
    void a_refusal_in_another_hour_is_an_event_of_its_own() {
        guesses(2);
        database.execute(
                "INSERT INTO security_event (id, user_id, what, error_code, transaction_id, hour, times, last_at)"
                        + " SELECT $1, user_id, what, error_code, $1, hour - interval '1 hour', 9, at FROM security_event"
                        + " WHERE user_id = $2",
                ids.generate(),
                user());
        guesses(1);

        assertThat(told(conversation)).containsExactlyInAnyOrder("pincode.reset 2305 9", "pincode.reset 2305 3");
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0",
        "limit, 201",
        "limit, -1",
        "limit, x",
        "limit, 00000",
        "limit, ٥",
        "limit, ''",
        "limit, ' '",
        "limit, ' 5'",
        "limit, 5.0",
        "limit, '5,5'",
        "before, ''",
        "before, ' '",
        "before, null",
        "before, x",
        "before, 1-1-1-1-1"
    })
    void a_parameter_that_is_not_as_meant_is_2102(String parameter, String value) {
        conversation
                .events(Map.of(parameter, value))
                .then()
                .statusCode(400)
                .body("error.code", equalTo(2102))
                .body("error.label", equalTo("Invalid " + parameter + " parameter"));
    }

    @ParameterizedTest
    @CsvSource({
        "user=a&limit, limit",
        "user=a&limit=, limit",
        "user=a&before, before",
        "user=a&before=, before",
        "user=a&limit=5&limit=5, limit",
        "user=a&limit=5&limit=, limit",
        "user=a&limit&limit=5, limit",
        "user=a&before=&before=, before",
        "user=a&user=a, user",
        "user=a&user=, user",
        "user=, user",
        "user, user",
        "user=a&LIMIT=5, query",
        "user=a&limit%00=5, query",
        "user=a&=5, query",
        "user=a&x, query"
    })
    void an_empty_a_doubled_or_an_unknown_parameter_is_2102(String query, String parameter) {
        given().auth()
                .oauth2(issuer.token("auditor", Optional.of("auditor"), Optional.empty()))
                .urlEncodingEnabled(false)
                .get(Conversation.EVENTS + "?" + query)
                .then()
                .statusCode(400)
                .body("error.code", equalTo(2102))
                .body("error.label", equalTo("Invalid " + parameter + " parameter"));
    }

    @Test
    void without_a_user_it_is_2101() {
        given().auth()
                .oauth2(issuer.token("auditor", Optional.of("auditor"), Optional.empty()))
                .get(Conversation.EVENTS)
                .then()
                .statusCode(400)
                .body("error.label", equalTo("Missing user parameter"));
    }
}
