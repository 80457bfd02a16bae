package io.pims.authentication.attack;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingByConcurrent;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Ten accounts, each guessed at again and again and by several at once: however many guesses come, five are compared with a
 * code. {@code -Dguessing.guesses=10000} takes some minutes. What the guesses of a day are worth is in
 * {@code smscode.GuessingOddsTest}.
 */
@QuarkusTest
@TestProfile(GuessingTest.Unlimited.class)
class GuessingTest {

    /** The limits would refuse most guesses before they are counted: what is shown is what holds without them. */
    public static class Unlimited implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("pims.ratelimit.attempt", "", "pims.pincode.waiting-per-user", "1000");
        }
    }

    private static final int ACCOUNTS = 10;
    private static final int GUESSES = Integer.getInteger("guessing.guesses", 200);
    private static final int COMPARED = 5;

    @TestHTTPResource
    URI service;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    FakeVonage vonage;

    @Inject
    Database database;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void five_guesses_are_compared_with_a_code_and_no_more() {
        List<Conversation> accounts = Stream.generate(
                        () -> new Conversation(TestDriver.withNumber(issuer), issuer, vonage))
                .limit(ACCOUNTS)
                .toList();

        for (Conversation account : accounts) {
            String code = account.resetCode();
            Map<Integer, Long> answers = guesses(account.driver(), code);

            assertThat(answers)
                    .as("2305 is compared, 2310 is not")
                    .isEqualTo(Map.of(2305, (long) COMPARED, 2310, (long) GUESSES - COMPARED));
            account.resets(code, "839517").then().statusCode(403);
            assertThat(database.count(
                            "SELECT count(*) FROM pin_code WHERE user_id = $1",
                            account.driver().name()))
                    .isZero();
        }
    }

    /** All of them wrong, so that what is counted does not depend on luck. */
    private Map<Integer, Long> guesses(TestDriver driver, String code) {
        Random random = new Random(code.hashCode());
        List<String> guesses = random.ints(0, 1_000_000)
                .mapToObj("%06d"::formatted)
                .filter(guess -> !guess.equals(code))
                .limit(GUESSES)
                .toList();
        return guesses.parallelStream().collect(groupingByConcurrent(guess -> code(driver, guess), counting()));
    }

    private int code(TestDriver driver, String guess) {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(Conversation.PINCODE))
                .header("Authorization", "Bearer " + driver.token())
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(
                        "{\"action\":\"reset\",\"smsCode\":\"" + guess + "\",\"pinCode\":\"839517\"}"))
                .build();
        HttpResponse<String> answer =
                http.sendAsync(request, BodyHandlers.ofString()).join();
        return new JsonObject(answer.body()).getJsonObject("error").getInteger("code");
    }
}
