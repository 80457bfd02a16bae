package io.pims.authentication.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.smscode.UsedLimits;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strangers who know a driver's number, and nothing else of him, ask for codes to it. */
@QuarkusTest
class StrangersTest {

    private static final List<String> TOLD = List.of("RateLimit", "RateLimit-Policy", "Retry-After");

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    UsedLimits limits;

    @Inject
    Database database;

    @Inject
    NumberVault vault;

    @BeforeEach
    void provider_is_as_it_should_be() {
        vonage.reset();
    }

    private Response certification(TestDriver asking, TestDriver victim) {
        return asking.json()
                .body(Map.of("type", "phoneNumberCertification", "phoneNumber", victim.number()))
                .post(TestDriver.SMSCODE);
    }

    private List<Response> strangersAsk(int count, TestDriver victim) {
        return Stream.generate(() -> certification(TestDriver.someone(issuer), victim))
                .limit(count)
                .toList();
    }

    private static long accepted(List<Response> answers) {
        return answers.stream().filter(answer -> answer.statusCode() == 202).count();
    }

    private static List<String> told(Response answer) {
        return TOLD.stream()
                .map(header -> String.valueOf(answer.header(header)))
                .toList();
    }

    /** The driver asks again and again, as if he had waited between two requests. */
    private long resets(TestDriver driver, int count) {
        Supplier<Response> again = () -> {
            limits.forget(driver);
            return driver.asksForCode();
        };
        return accepted(Stream.generate(again).limit(count).toList());
    }

    private void used(TestDriver victim, String arrivals) {
        database.execute(
                "INSERT INTO rate_limit (subject, arrivals, idle_at) VALUES ($1, CAST($2::text AS jsonb), 'infinity')",
                "number/" + HexFormat.of().formatHex(vault.hash(new PhoneNumber(victim.number()))),
                arrivals);
    }

    private String inMinutes(long minutes) {
        return Long.toString(database.count(
                "SELECT (extract(epoch FROM now() + make_interval(mins => $1::int)) * 1000000)::bigint",
                Math.toIntExact(minutes)));
    }

    @Test
    void however_many_ask_the_driver_can_still_reset_and_his_phone_gets_no_more_than_before() {
        TestDriver driver = TestDriver.withNumber(issuer);

        assertThat(accepted(strangersAsk(10, driver))).isEqualTo(2);

        assertThat(resets(driver, 6)).isEqualTo(3);
    }

    @Test
    void without_strangers_the_driver_has_all_of_it() {
        TestDriver driver = TestDriver.withNumber(issuer);

        assertThat(resets(driver, 6)).isEqualTo(5);
        assertThat(accepted(strangersAsk(1, driver))).isZero();
    }

    @Test
    void the_driver_who_certifies_his_own_number_again_is_no_stranger() {
        TestDriver driver = TestDriver.withNumber(issuer);
        strangersAsk(2, driver);

        assertThat(certification(driver, driver).statusCode()).isEqualTo(202);
    }

    @Test
    void an_answer_is_the_same_whatever_others_have_used() {
        TestDriver quiet = TestDriver.withNumber(issuer);
        TestDriver busy = TestDriver.withNumber(issuer);
        resets(busy, 3);
        strangersAsk(1, busy);

        Response first = certification(TestDriver.someone(issuer), quiet);
        Response last = certification(TestDriver.someone(issuer), busy);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(last.statusCode()).isEqualTo(202);
        assertThat(told(last))
                .isEqualTo(told(first))
                .containsExactly(
                        "\"user-type-30s-phoneNumberCertification\";r=0;t=30",
                        "\"user-type-30s-phoneNumberCertification\";q=1;w=30",
                        "null");
    }

    @Test
    void a_refusal_is_the_same_whoever_used_the_number_up_and_when() {
        TestDriver byStrangers = TestDriver.withNumber(issuer);
        strangersAsk(2, byStrangers);
        TestDriver byItsOwner = TestDriver.withNumber(issuer);
        resets(byItsOwner, 5);
        TestDriver soonFree = TestDriver.withNumber(issuer);
        used(soonFree, "{\"certification-3600s\": " + inMinutes(31) + "}");
        TestDriver allDay = TestDriver.withNumber(issuer);
        used(allDay, "{\"certification-86400s\": " + inMinutes(24 * 60) + "}");

        assertThat(Stream.of(byStrangers, byItsOwner, soonFree, allDay)
                        .map(victim -> told(certification(TestDriver.someone(issuer), victim))))
                .containsOnly(
                        List.of("\"certification-3600s\";r=0;t=1800", "\"certification-3600s\";q=2;w=3600", "1800"));
    }

    @Test
    void who_is_over_a_limit_of_his_own_learns_nothing_of_the_number() {
        TestDriver quiet = TestDriver.withNumber(issuer);
        TestDriver busy = TestDriver.withNumber(issuer);
        strangersAsk(2, busy);
        TestDriver stranger = TestDriver.someone(issuer);
        certification(stranger, TestDriver.withNumber(issuer)).then().statusCode(202);

        List<String> ofTheQuiet = told(certification(stranger, quiet));
        List<String> ofTheBusy = told(certification(stranger, busy));

        assertThat(List.of(ofTheQuiet, ofTheBusy))
                .allSatisfy(told ->
                        assertThat(told.get(1)).isEqualTo("\"user-type-30s-phoneNumberCertification\";q=1;w=30"));
    }

    @Test
    void the_driver_is_not_told_either_what_others_used() {
        TestDriver quiet = TestDriver.withNumber(issuer);
        TestDriver busy = TestDriver.withNumber(issuer);
        strangersAsk(2, busy);

        assertThat(told(busy.asksForCode())).isEqualTo(told(quiet.asksForCode()));
    }
}
