package io.pims.authentication.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.pincode.HashedPin;
import io.pims.authentication.pincode.PinCodeConfig;
import io.pims.authentication.pincode.PinHash;
import io.pims.authentication.pincode.PinHashing;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.transaction.Deadline;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A wrong guess takes as long as any other, however near it is. No time is asserted: samples of both kinds are taken in
 * turn, in random order, and compared by their ranks; that the test would see a difference is shown by one that there is.
 * More than the default is asked by {@code -Dtiming.samples=}.
 */
@QuarkusTest
class TimingTest {

    private static final int SAMPLES = Integer.getInteger("timing.samples", 60);
    private static final double BEYOND_CHANCE = 6;
    private static final String PIN = "839517";

    /** In one statement, as it is run before each of hundreds of samples. */
    private static final String REFRESH = """
            WITH limits AS (DELETE FROM rate_limit WHERE subject IN ('attempt/' || $1, 'verification/' || $1)),
                absent AS (UPDATE pin_code_absent SET failures = 0 WHERE user_id = $1),
                codes AS (UPDATE sms_code SET guesses = 0 WHERE user_id = $1)
            UPDATE pin_code SET failures = 0 WHERE user_id = $1
            """;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    FakeVonage vonage;

    @Inject
    Database database;

    @Inject
    PinHash hash;

    @Inject
    PinCodeConfig config;

    private final Random random = new Random(7);
    private Conversation conversation;

    @BeforeEach
    void a_driver_has_a_PIN() {
        conversation = new Conversation(TestDriver.withNumber(issuer), issuer, vonage).withPin(PIN);
    }

    @Test
    void a_PIN_that_is_nearly_right_takes_as_long_as_one_that_is_not() {
        double deviation = deviation(
                n -> refreshed().verification("83951" + n % 7), n -> refreshed().verification("1640" + (20 + n % 7)));

        assertThat(deviation).isLessThan(BEYOND_CHANCE);
    }

    @Test
    void a_code_that_is_nearly_right_takes_as_long_as_one_that_is_not() {
        database.ageCodes(conversation.driver(), "-1 hours");
        database.execute(
                "UPDATE sms_code SET spent_at = NULL WHERE user_id = $1",
                conversation.driver().name());
        String code = conversation.codeAt(conversation.driver().number());
        String near = code.substring(0, 5) + (char) ('0' + (code.charAt(5) - '0' + 1) % 10);
        String far = code.chars()
                .mapToObj(digit -> String.valueOf((digit - '0' + 5) % 10))
                .reduce("", String::concat);

        double deviation = deviation(
                n -> refreshed().resets(near, "590274"), n -> refreshed().resets(far, "590274"));

        assertThat(deviation).isLessThan(BEYOND_CHANCE);
    }

    /** What a hash left out looks like: the account is blocked, which is no secret. */
    @Test
    void a_difference_would_be_seen() {
        double deviation = deviation(n -> refreshed().verification("164020"), n -> {
            database.execute(
                    "UPDATE pin_code SET failures = 5 WHERE user_id = $1",
                    conversation.driver().name());
            return conversation.verification("164020");
        });

        assertThat(deviation).isGreaterThan(BEYOND_CHANCE);
    }

    @Test
    void a_wrong_PIN_of_somebody_who_has_none_takes_as_long_as_one_of_somebody_who_has_one() {
        Conversation nobody = new Conversation(TestDriver.someone(issuer), issuer, vonage);

        double deviation = deviation(
                n -> refreshed(conversation).verification("164020"),
                n -> refreshed(nobody).verification("164020"));

        assertThat(deviation).isLessThan(BEYOND_CHANCE);
    }

    /** Whether somebody has a PIN is not told by a hash that is left out. */
    @Test
    void a_PIN_of_somebody_who_has_none_is_hashed_like_any_other() {
        AtomicInteger hashed = new AtomicInteger();
        QuarkusMock.installMockForType(
                new PinHashing(hash, config) {
                    @Override
                    public Uni<Boolean> verify(String pin, HashedPin stored, Deadline deadline) {
                        hashed.incrementAndGet();
                        return super.verify(pin, stored, deadline);
                    }

                    @Override
                    public Uni<HashedPin> hash(String pin, Deadline deadline) {
                        hashed.incrementAndGet();
                        return super.hash(pin, deadline);
                    }
                },
                PinHashing.class);
        Conversation nobody = new Conversation(TestDriver.someone(issuer), issuer, vonage);

        assertThat(isValid(conversation.verification(PIN))).isTrue();
        assertThat(hashed).hasValue(1);
        assertThat(isValid(conversation.verification("164020"))).isFalse();
        assertThat(hashed).hasValue(2);
        assertThat(isValid(nobody.verification(PIN))).isFalse();
        assertThat(hashed).hasValue(3);
    }

    private static boolean isValid(Response answer) {
        return answer.then().statusCode(200).extract().path("result.isPinCodeValid");
    }

    /** With all guesses left, and with all of its limits. */
    private Conversation refreshed() {
        return refreshed(conversation);
    }

    private Conversation refreshed(Conversation guessed) {
        database.execute(REFRESH, guessed.driver().name());
        return guessed;
    }

    private double deviation(IntFunction<Response> one, IntFunction<Response> other) {
        double[][] took = new double[2][SAMPLES];
        for (int n = -5; n < SAMPLES; n++) {
            boolean swapped = random.nextBoolean();
            for (int turn = 0; turn < 2; turn++) {
                boolean first = turn == 0 != swapped;
                Response answer = (first ? one : other).apply(Math.abs(n));
                if (n >= 0) {
                    took[first ? 0 : 1][n] = answer.time();
                }
            }
        }
        return MannWhitney.deviation(took[0], took[1]);
    }
}
