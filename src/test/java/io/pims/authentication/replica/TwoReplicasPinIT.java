package io.pims.authentication.replica;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.pims.authentication.sandbox.ReceivedMessage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whatever many clients try at once at two replicas, a code and a PIN are as safe as with one of each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoReplicasPinIT {

    private static final String PINCODE = "/v1/authentication/pincode";
    private static final String PIN = "839517";
    private static final Duration LONGEST_SEND = Duration.ofSeconds(60);

    /** The driver of a story asks and tries more often than a driver may, and at once. */
    private static final Map<String, String> WITHOUT_LIMITS = Map.of(
            "pims.ratelimit.user-and-type", "",
            "pims.ratelimit.user", "",
            "pims.ratelimit.number", "",
            "pims.ratelimit.attempt", "",
            "pims.ratelimit.pin-update", "",
            "pims.ratelimit.verification", "",
            "pims.pincode.waiting-per-user", "200",
            "pims.database.patience", "30s");

    private Installation installation;
    private List<Replica> replicas;

    @BeforeAll
    void start() {
        installation = new Installation(TwoReplicasPinIT.class);
        replicas = installation.start(2, WITHOUT_LIMITS);
    }

    @AfterAll
    void stop() {
        installation.close();
    }

    /** So many requests at once, to each of the replicas in turn. */
    private List<Answer> inTurn(int count, IntFunction<Request> request) {
        List<CompletableFuture<Answer>> sent = IntStream.range(0, count)
                .mapToObj(each -> request.apply(each).sendTo(replicas.get(each % replicas.size())))
                .toList();
        return Replica.all(sent);
    }

    private record Request(String method, String path, String token, JsonObject body) {

        static Request asks(Driver driver, JsonObject body) {
            return new Request("POST", Replica.SMSCODE, driver.token(), body);
        }

        static Request resets(Driver driver, String code, String pin) {
            JsonObject body =
                    new JsonObject().put("action", "reset").put("smsCode", code).put("pinCode", pin);
            return new Request("PUT", PINCODE, driver.token(), body);
        }

        static Request adds(Driver driver, String number, String code) {
            JsonObject body = new JsonObject()
                    .put("action", "addPhoneNumber")
                    .put("phoneNumber", number)
                    .put("smsCode", code);
            return new Request("PUT", Replica.SMSCODE, driver.token(), body);
        }

        CompletableFuture<Answer> sendTo(Replica replica) {
            return replica.send(method, path, token, body);
        }
    }

    private Answer answer(Request request) {
        return request.sendTo(replicas.get(0)).join();
    }

    private String resetCode(Driver driver) {
        return code(driver, new JsonObject().put("type", "resetPIN"));
    }

    private String certificationCode(Driver driver, String number) {
        return code(
                driver, new JsonObject().put("type", "phoneNumberCertification").put("phoneNumber", number));
    }

    /** Asks, and reads the SMS of that transaction. */
    private String code(Driver driver, JsonObject body) {
        Answer accepted = answer(Request.asks(driver, body));
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(202);
        await().atMost(LONGEST_SEND).until(() -> installation.smsByTransaction().containsKey(accepted.id()));
        String text = installation.smsByTransaction().get(accepted.id()).get(0).text();
        return text.substring(text.lastIndexOf('#') + 1);
    }

    private Request verification(Driver driver, String pin) {
        String token = installation
                .issuer()
                .token(installation.issuer().claims("vehicle").put("groups", JsonArray.of("pin-verifier")));
        JsonObject body = new JsonObject().put("user", driver.user()).put("pinCode", pin);
        return new Request("POST", PINCODE + "/verification", token, body);
    }

    private boolean isRight(Driver driver, String pin) {
        return answer(verification(driver, pin))
                .message()
                .getJsonObject("result")
                .getBoolean("isPinCodeValid");
    }

    private boolean isBlocked(Driver driver) {
        Answer account = replicas.get(1)
                .get("/v1/authentication/account", driver.token())
                .join();
        return account.message().getJsonObject("result").getBoolean("isAccountBlocked");
    }

    /** How many answers had each error code; 0 is none. */
    private static Map<Integer, Long> codes(List<Answer> answers) {
        return answers.stream().collect(groupingBy(Answer::code, counting()));
    }

    private static String wrong(String code, int each) {
        return "%06d".formatted((Integer.parseInt(code) + 1 + each) % 1_000_000);
    }

    private Stream<ReceivedMessage> notices(Driver driver) {
        return installation.vonage().messagesTo(driver.number()).stream()
                .filter(sms -> !sms.text().contains("#"));
    }

    @Test
    void of_50_redemptions_of_one_code_at_once_one_sets_the_pin() {
        Driver driver = installation.driver();
        String code = resetCode(driver);

        List<Answer> answers = inTurn(50, each -> Request.resets(driver, code, "8395%02d".formatted(40 + each)));

        Map<Integer, Long> codes = codes(answers);
        assertThat(codes).containsEntry(0, 1L);
        assertThat(codes.keySet()).isSubsetOf(0, 2305, 2310);
        int winner = IntStream.range(0, 50)
                .filter(each -> answers.get(each).status() == 200)
                .findFirst()
                .orElseThrow();
        assertThat(isRight(driver, "8395%02d".formatted(40 + winner))).isTrue();
        assertThat(installation.count("SELECT count(*) FROM security_event WHERE user_id = '" + driver.user()
                        + "' AND what = 'pincode.reset' AND error_code IS NULL"))
                .isEqualTo(1);
        assertThat(installation.count("SELECT count(*) FROM sms_transaction WHERE user_id = '" + driver.user()
                        + "' AND type = 'pinReset'"))
                .isEqualTo(1);
        await().atMost(LONGEST_SEND).until(() -> notices(driver).count() == 1);
    }

    @Test
    void of_200_wrong_guesses_at_once_five_are_judged_and_then_the_right_code_is_dead() {
        Driver driver = installation.driver();
        String code = resetCode(driver);

        List<Answer> answers = inTurn(200, each -> Request.resets(driver, wrong(code, each), PIN));

        assertThat(codes(answers)).isEqualTo(Map.of(2305, 5L, 2310, 195L));
        assertThat(answer(Request.resets(driver, code, PIN)).code()).isEqualTo(2310);
        String fresh = resetCode(driver);
        assertThat(fresh).isNotEqualTo(code);
        assertThat(answer(Request.resets(driver, fresh, PIN)).status()).isEqualTo(200);
    }

    @Test
    void a_right_guess_among_200_wrong_ones_gives_no_more_guesses() {
        Driver driver = installation.driver();
        String code = resetCode(driver);

        List<Answer> answers = inTurn(201, each -> Request.resets(driver, each == 100 ? code : wrong(code, each), PIN));

        Map<Integer, Long> codes = codes(answers);
        assertThat(codes.keySet()).isSubsetOf(0, 2305, 2310);
        assertThat(codes.getOrDefault(0, 0L)).isLessThanOrEqualTo(1);
        assertThat(installation.count("SELECT max(guesses) FROM sms_code WHERE user_id = '" + driver.user() + "'"))
                .isEqualTo(5);
    }

    @Test
    void of_50_additions_of_a_number_with_one_code_at_once_one_adds_it() {
        Driver driver = installation.newDriver();
        String code = certificationCode(driver, driver.number());

        List<Answer> answers = inTurn(50, each -> Request.adds(driver, driver.number(), code));

        assertThat(codes(answers)).containsEntry(0, 1L);
        assertThat(codes(answers).keySet()).isSubsetOf(0, 2305, 2310, 2390);
        assertThat(installation.count("SELECT count(*) FROM security_event WHERE user_id = '" + driver.user()
                        + "' AND what = 'smscode.addPhoneNumber' AND error_code IS NULL"))
                .isEqualTo(1);
    }

    @Test
    void of_ten_users_who_add_one_number_at_once_three_get_it() {
        String number = installation.newDriver().number();
        List<Driver> drivers =
                Stream.generate(installation::newDriver).limit(10).toList();
        Map<Driver, String> codes = new HashMap<>();
        drivers.forEach(driver -> codes.put(driver, certificationCode(driver, number)));

        List<Answer> answers =
                inTurn(10, each -> Request.adds(drivers.get(each), number, codes.get(drivers.get(each))));

        assertThat(codes(answers)).isEqualTo(Map.of(0, 3L, 2390, 7L));
    }

    @Test
    void of_100_wrong_pins_at_once_five_are_compared_and_then_the_account_is_blocked_until_a_reset() {
        Driver driver = installation.driver();
        assertThat(answer(Request.resets(driver, resetCode(driver), PIN)).status())
                .isEqualTo(200);

        List<Answer> answers = inTurn(100, each -> verification(driver, "590%03d".formatted(each)));

        assertThat(codes(answers)).isEqualTo(Map.of(0, 5L, 2310, 95L));
        assertThat(answers.stream().filter(answer -> answer.status() == 200))
                .allSatisfy(answer -> assertThat(
                                answer.message().getJsonObject("result").getBoolean("isPinCodeValid"))
                        .isFalse());
        assertThat(isBlocked(driver)).isTrue();
        assertThat(answer(verification(driver, PIN)).code()).isEqualTo(2310);
        assertThat(answer(Request.resets(driver, resetCode(driver), "590274")).status())
                .isEqualTo(200);
        assertThat(isBlocked(driver)).isFalse();
        assertThat(isRight(driver, "590274")).isTrue();
    }
}
