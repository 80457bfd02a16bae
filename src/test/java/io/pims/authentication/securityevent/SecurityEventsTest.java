package io.pims.authentication.securityevent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
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

@QuarkusTest
class SecurityEventsTest {

    private static final String PIN = "839517";

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

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
        guesses(7);

        List<String> read = read(Map.of("limit", limit));

        assertThat(read).hasSize(7).isEqualTo(recorded());
    }

    @Test
    void without_a_limit_a_page_has_fifty() {
        guesses(51);

        Response first = conversation.events(Map.of());

        assertThat(first.<List<String>>path("result.events.id")).hasSize(50);
        assertThat(read(Map.of())).isEqualTo(recorded());
    }

    @Test
    void an_event_that_comes_meanwhile_is_in_no_later_page() {
        guesses(4);
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
    @CsvSource({
        "limit, 0",
        "limit, 201",
        "limit, -1",
        "limit, x",
        "limit, 00000",
        "limit, ٥",
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
