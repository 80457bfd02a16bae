package io.pims.authentication.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.attack.MannWhitney;
import io.pims.authentication.ratelimit.Limit;
import io.pims.authentication.ratelimit.RateLimitConfig;
import io.pims.authentication.sms.TestConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The odds of guesses: the mathematics, and attackers who try to get more guesses than it allows. */
class GuessingOddsTest {

    private static final int ACCOUNTS = 10;
    private static final int GUESSES = 10_000;
    private static final double CODES = 1_000_000;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final byte[] NUMBER = {1, 2, 3};
    private static final Duration LEAST_LIFE = Duration.ofSeconds(150);
    private static final Limit A_DAY = longest();

    /** As shipped: the one of the user's limits that has the longest window. */
    private static Limit longest() {
        return TestConfig.of(RateLimitConfig.class).user().orElseThrow().stream()
                .max((one, other) -> one.window().compareTo(other.window()))
                .orElseThrow();
    }

    /**
     * All that may be asked for at once, and what grows back in the day (see Gcra: no window sees twice the count), each a
     * new code if the guesses of the one before are used up, or its time nearly is.
     */
    private static int mostCompared() {
        return (2 * A_DAY.count() - 1) * SmsCode.GUESSES;
    }

    @Test
    void a_day_of_guessing_opens_one_account_in_ten_thousand() {
        assertThat(A_DAY.window()).isEqualTo(DAY);
        assertThat(mostCompared()).isEqualTo(95);

        assertThat(mostCompared() / CODES).isLessThan(1 / 10_000.0);
    }

    /** The help desk unblocks once a day, and lets one more code be asked for: ReliefTest. */
    @Test
    void unblocked_each_day_it_is_one_in_ten_thousand_and_no_more() {
        assertThat((mostCompared() + SmsCode.GUESSES) / CODES).isLessThanOrEqualTo(1 / 10_000.0);
    }

    /** The attacker mixes guesses and requests for a code as he likes; requests are let through as fast as the limit has it. */
    @Property(tries = 20)
    void ten_accounts_and_ten_thousand_guesses_at_each_get_no_more_than_that(@ForAll Random random) {
        SecretKey key = key(random);
        int compared = 0;
        int successes = 0;

        for (int account = 0; account < ACCOUNTS; account++) {
            SmsCode code = SmsCode.unissued(new SmsCode.Key("driver-" + account, SmsCodeType.RESET_PIN.text()));
            int asked = 0;
            int atThis = 0;
            double eagerness = random.nextDouble();
            for (int guess = 0; guess < GUESSES; guess++) {
                Instant now = START.plus(DAY.multipliedBy(guess).dividedBy(GUESSES));
                int allowed = A_DAY.count() + (int) ((long) A_DAY.count() * guess / GUESSES);
                if (asked < allowed && random.nextDouble() < eagerness) {
                    asked++;
                    if (!code.serves(NUMBER, now.plus(LEAST_LIFE))) {
                        code.renew(id(random), "k", NUMBER, now, Duration.ofMinutes(10));
                    }
                }
                if (asked == 0) {
                    continue;
                }
                boolean counted = code.countGuess();
                String typed = "%06d".formatted(random.nextInt((int) CODES));
                switch (code.judge(counted, typed, NUMBER, now, key)) {
                    case RIGHT -> {
                        atThis++;
                        successes++;
                    }
                    case WRONG -> atThis++;
                    default -> {}
                }
            }
            assertThat(atThis).isLessThanOrEqualTo(mostCompared());
            compared += atThis;
        }

        assertThat(compared).isPositive().isLessThanOrEqualTo(ACCOUNTS * mostCompared());
        // Expected is a thousandth; three at once are one in a thousand million.
        assertThat(successes).isLessThan(3);
    }

    /** As many as chance has it: no code is more likely than another. */
    @Test
    void guesses_are_right_as_often_as_the_mathematics_has_it() {
        Random random = new Random(5);
        SecretKey key = key(random);
        int tries = 400_000;
        int endings = 0;
        for (int n = 0; n < tries; n++) {
            String last = "%03d".formatted(random.nextInt(1_000));
            if (CodeDerivation.derive(id(random), key).endsWith(last)) {
                endings++;
            }
        }

        // Three digits of six, for there to be anything to count: 400 expected, with a deviation of 20.
        assertThat(endings).isBetween(280, 520);
    }

    /** That the statistic sees a difference is shown by one who compares before he derives. */
    @Test
    void a_guess_that_is_nearly_right_is_judged_as_slowly_as_one_that_is_not() {
        Random random = new Random(9);
        SecretKey key = key(random);
        double[][] took = new double[3][1_000];
        List<Integer> kinds = Arrays.asList(0, 1, 2);
        for (int n = -3_000; n < took[0].length; n++) {
            UUID id = id(random);
            String code = CodeDerivation.derive(id, key);
            String near = code.substring(0, 5) + (char) ('0' + (code.charAt(5) - '0' + 1) % 10);
            String far = (char) ('0' + (code.charAt(0) - '0' + 1) % 10) + code.substring(1);
            // In any order: what runs after the short one is not as fast as what runs after another.
            Collections.shuffle(kinds, random);
            for (int kind : kinds) {
                String guess = kind == 0 ? near : far;
                long start = System.nanoTime();
                boolean right = false;
                for (int again = 0; again < 5; again++) {
                    right |= kind == 2
                            ? guess.charAt(0) == code.charAt(0) && CodeDerivation.matches(guess, id, key)
                            : CodeDerivation.matches(guess, id, key);
                }
                long end = System.nanoTime();
                assertThat(right).isFalse();
                if (n >= 0) {
                    took[kind][n] = end - start;
                }
            }
        }

        assertThat(MannWhitney.deviation(took[0], took[1])).isLessThan(6);
        assertThat(MannWhitney.deviation(took[0], took[2])).isGreaterThan(6);
    }

    private static UUID id(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static SecretKey key(Random random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return new SecretKeySpec(key, "HmacSHA256");
    }
}
