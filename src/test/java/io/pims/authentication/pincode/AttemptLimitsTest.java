package io.pims.authentication.pincode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.transaction.Deadline;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits on trying a code or a PIN, which do not tell if a PIN is set. */
@QuarkusTest
class AttemptLimitsTest {

    /** As many as pass in a minute, by default. */
    private static final int A_MINUTE = 20;

    private static final String PIN = "839517";
    private static final String OTHER_PIN = "590274";
    private static final String WRONG = "730158";
    private static final String NUMBER = "+33612345678";

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @Inject
    PinHash hash;

    @Inject
    PinCodeConfig config;

    private Conversation withPin;
    private Conversation withoutPin;

    @BeforeEach
    void two_drivers_of_whom_one_has_a_pin() {
        withPin = new Conversation(TestDriver.withNumber(issuer), issuer, vonage);
        withoutPin = new Conversation(TestDriver.withNumber(issuer), issuer, vonage);
        HashedPin stored = hash.hash(PIN);
        database.execute(
                "INSERT INTO pin_code (user_id, hash, pepper_id) VALUES ($1, $2, $3)",
                withPin.driver().name(),
                stored.phc(),
                stored.pepperId());
    }

    private static Response tries(String kind, Conversation driver) {
        return switch (kind) {
            case "reset" -> driver.resets("048213", OTHER_PIN);
            case "update" -> driver.updates(WRONG, OTHER_PIN);
            case "addPhoneNumber" -> driver.adds(NUMBER, "048213");
            case "modifyPhoneNumber" -> driver.modifies(NUMBER, "048213", WRONG);
            case "verification" -> driver.verification(WRONG);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** An answer without what differs anyway: the transaction id and the time. */
    private static String seen(Response answer) {
        List<String> headers = answer.headers().asList().stream()
                .map(Header::toString)
                .filter(header -> !header.startsWith("Date="))
                // Seconds go on between two questions.
                .map(header -> header.replaceAll("(t|Retry-After)=\\d+", "$1="))
                .sorted()
                .toList();
        String id = answer.path("transactionId");
        return answer.statusCode() + " " + headers + " " + answer.asString().replace(id, "");
    }

    private static void limited(Response answer, String policy) {
        answer.then()
                .statusCode(429)
                .body("error.code", equalTo(2201))
                .body("error.label", equalTo("Timeout/Polling Timeout/Command Timeout"))
                .header("RateLimit-Policy", equalTo("\"" + policy + "\";q=" + A_MINUTE + ";w=60"));
        assertThat(answer.header("RateLimit")).startsWith("\"" + policy + "\";r=0;t=");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
    }

    /**
     * Has used up all of the minute, however much of it a slow machine took for the tries.
     *
     * @param kind that {@link #tries} takes
     */
    private void hasUsedTheMinute(String kind, Conversation driver) {
        String subject = (kind.equals("verification") ? "verification/" : "attempt/")
                + driver.driver().name();
        database.execute("""
                UPDATE rate_limit SET arrivals = (
                    SELECT jsonb_object_agg(policy, CAST(extract(epoch FROM now()) * 1000000 AS bigint) + 75000000)
                    FROM jsonb_object_keys(arrivals) AS policy)
                WHERE subject = $1
                """, subject);
    }

    @ParameterizedTest
    @CsvSource({
        "reset, attempt-60s-reset",
        "update, attempt-60s-update",
        "modifyPhoneNumber, attempt-60s-modifyPhoneNumber",
        "verification, verification-60s"
    })
    void after_so_many_tries_in_a_minute_the_next_one_is_429_with_and_without_a_pin(String kind, String policy) {
        for (Conversation driver : List.of(withPin, withoutPin)) {
            for (int tried = 0; tried < A_MINUTE; tried++) {
                assertThat(tries(kind, driver).statusCode()).isNotEqualTo(429);
            }
            hasUsedTheMinute(kind, driver);

            limited(tries(kind, driver), policy);
        }
    }

    @Test
    void an_addition_of_a_number_is_limited_too() {
        Conversation driver = new Conversation(TestDriver.someone(issuer), issuer, vonage);
        for (int tried = 0; tried < A_MINUTE; tried++) {
            tries("addPhoneNumber", driver).then().statusCode(400);
        }
        hasUsedTheMinute("addPhoneNumber", driver);

        limited(tries("addPhoneNumber", driver), "attempt-60s-addPhoneNumber");
    }

    @Test
    void each_operation_has_a_share_of_its_own() {
        for (int tried = 0; tried < A_MINUTE + 1; tried++) {
            tries("verification", withPin);
        }

        tries("reset", withPin).then().statusCode(400);
        tries("update", withPin).then().statusCode(403);
    }

    @Test
    void what_is_refused_before_anything_is_tried_costs_nothing() {
        for (int tried = 0; tried < A_MINUTE; tried++) {
            withPin.updates(PIN, "123456").then().statusCode(400);
            withPin.resets("04821", OTHER_PIN).then().statusCode(400);
            withPin.resets("048213", "123456").then().statusCode(400);
        }

        withPin.updates(PIN, OTHER_PIN).then().statusCode(200);
    }

    @Test
    void a_try_that_is_over_the_limit_is_no_wrong_pin() {
        for (int tried = 0; tried < A_MINUTE; tried++) {
            withPin.verification(PIN).then().body("result.isPinCodeValid", equalTo(true));
        }
        hasUsedTheMinute("verification", withPin);
        for (int tried = 0; tried < 6; tried++) {
            limited(withPin.verification(WRONG), "verification-60s");
        }

        assertThat(database.count(
                        "SELECT failures FROM pin_code WHERE user_id = $1",
                        withPin.driver().name()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"update", "verification"})
    void a_try_whose_hash_would_come_too_late_is_503_and_no_wrong_pin_with_and_without_one(String kind) {
        QuarkusMock.installMockForType(new Late(hash, config), PinHashing.class);

        for (Conversation driver : List.of(withPin, withoutPin)) {
            for (int tried = 0; tried < 6; tried++) {
                tries(kind, driver)
                        .then()
                        .statusCode(503)
                        .header("Retry-After", "1")
                        .body("error.code", equalTo(2204));
            }
            account(driver, false);
        }
        assertThat(database.count(
                        "SELECT sum(failures) FROM (SELECT user_id, failures FROM pin_code"
                                + " UNION ALL SELECT user_id, failures FROM pin_code_absent) AS tries"
                                + " WHERE user_id IN ($1, $2)",
                        withPin.driver().name(),
                        withoutPin.driver().name()))
                .isZero();
    }

    @Test
    void a_right_pin_that_can_not_be_written_is_503_and_no_wrong_one() {
        QuarkusMock.installMockForType(
                new PinCodes() {
                    @Override
                    Uni<Void> right(String user) {
                        return Uni.createFrom().failure(ApiException.databaseAway(null));
                    }
                },
                PinCodes.class);

        for (int tried = 0; tried < PinCode.TRIES + 1; tried++) {
            withPin.verification(PIN).then().statusCode(503).body("error.code", equalTo(2204));
        }

        account(withPin, false);
        assertThat(database.count(
                        "SELECT failures FROM pin_code WHERE user_id = $1",
                        withPin.driver().name()))
                .isZero();
    }

    /** Hashing with a queue so long that each deadline is over before anything begins. */
    private static final class Late extends PinHashing {

        private static final Deadline OVER = Deadline.in(Duration.ZERO);

        private Late(PinHash hash, PinCodeConfig config) {
            super(hash, config);
        }

        @Override
        public Uni<Boolean> verify(String pin, HashedPin stored, Deadline deadline) {
            return super.verify(pin, stored, OVER);
        }

        @Override
        public Uni<HashedPin> hash(String pin, Deadline deadline) {
            return super.hash(pin, OVER);
        }
    }

    @Test
    void a_backend_sees_the_same_of_a_user_with_a_pin_and_of_one_without() {
        List<String> ofOneWithAPin = verifications(withPin);
        List<String> ofOneWithout = verifications(withoutPin);

        assertThat(ofOneWithout).isEqualTo(ofOneWithAPin);
        assertThat(ofOneWithAPin.get(4)).startsWith("200").contains("false");
        assertThat(ofOneWithAPin.get(5)).startsWith("403").contains("2310");
        assertThat(ofOneWithAPin.get(A_MINUTE)).startsWith("429");
    }

    private List<String> verifications(Conversation driver) {
        return IntStream.range(0, A_MINUTE + 2)
                .mapToObj(tried -> {
                    if (tried == A_MINUTE) {
                        hasUsedTheMinute("verification", driver);
                    }
                    return seen(driver.verification(WRONG));
                })
                .toList();
    }

    @Test
    void who_has_no_pin_is_blocked_after_as_many_wrong_ones_until_one_is_set() {
        for (int tried = 0; tried < 5; tried++) {
            withoutPin.updates(WRONG, OTHER_PIN).then().statusCode(400).body("error.code", equalTo(2102));
        }
        withoutPin.updates(WRONG, OTHER_PIN).then().statusCode(403).body("error.code", equalTo(2310));
        withoutPin.verification(WRONG).then().statusCode(403).body("error.code", equalTo(2310));
        account(withoutPin, true);

        withoutPin.withPin(PIN);

        account(withoutPin, false);
        withoutPin.verification(PIN).then().statusCode(200).body("result.isPinCodeValid", equalTo(true));
    }

    private static void account(Conversation conversation, boolean blocked) {
        conversation
                .driver()
                .request()
                .get(Conversation.ACCOUNT)
                .then()
                .statusCode(200)
                .body("result.isAccountBlocked", equalTo(blocked));
    }
}
