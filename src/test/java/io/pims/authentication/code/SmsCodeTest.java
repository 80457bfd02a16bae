package io.pims.authentication.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.code.Guess.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SmsCodeTest {

    private static final UUID ID = new UUID(1, 2);
    private static final byte[] NUMBER = {1, 2, 3};
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "HmacSHA256");
    private static final String RIGHT = CodeDerivation.derive(ID, KEY);
    private static final String WRONG = RIGHT.equals("000000") ? "000001" : "000000";

    private final SmsCode code = new SmsCode();

    SmsCodeTest() {
        code.renew(ID, "k1", NUMBER, NOW, LIFETIME);
    }

    @Test
    void a_new_code_has_its_id_key_number_and_end_and_serves() {
        assertThat(code.id).isEqualTo(ID);
        assertThat(code.keyId).isEqualTo("k1");
        assertThat(code.expiresAt).isEqualTo(NOW.plus(LIFETIME));
        assertThat(code.serves(NUMBER.clone(), NOW)).isTrue();
    }

    @Test
    void a_code_serves_until_its_end() {
        assertThat(code.serves(NUMBER, NOW.plus(LIFETIME).minusNanos(1))).isTrue();
        assertThat(code.serves(NUMBER, NOW.plus(LIFETIME))).isTrue();
        assertThat(code.serves(NUMBER, NOW.plus(LIFETIME).plusNanos(1))).isFalse();
    }

    @Test
    void a_code_does_not_serve_another_number() {
        assertThat(code.serves(new byte[] {1, 2, 4}, NOW)).isFalse();
    }

    @Test
    void a_spent_code_does_not_serve() {
        code.spentAt = NOW;

        assertThat(code.serves(NUMBER, NOW)).isFalse();
    }

    @Test
    void a_code_is_dead_after_five_guesses() {
        code.guesses = 4;
        boolean afterFour = code.serves(NUMBER, NOW);
        code.guesses = 5;
        boolean afterFive = code.serves(NUMBER, NOW);

        assertThat(afterFour).isTrue();
        assertThat(afterFive).isFalse();
    }

    @Test
    void renewed_it_is_another_code_with_all_guesses() {
        code.guesses = 5;
        code.spentAt = NOW;
        byte[] otherNumber = {9};
        Instant later = NOW.plusSeconds(60);

        code.renew(new UUID(3, 4), "k2", otherNumber, later, LIFETIME);

        assertThat(code.id).isEqualTo(new UUID(3, 4));
        assertThat(code.keyId).isEqualTo("k2");
        assertThat(code.guesses).isZero();
        assertThat(code.spentAt).isNull();
        assertThat(code.expiresAt).isEqualTo(later.plus(LIFETIME));
        assertThat(code.serves(otherNumber, later)).isTrue();
        assertThat(code.serves(NUMBER, later)).isFalse();
    }

    @Test
    void five_guesses_are_counted_and_no_sixth() {
        for (int guess = 1; guess <= SmsCode.GUESSES; guess++) {
            assertThat(code.countGuess()).isTrue();
            assertThat(code.guesses).isEqualTo(guess);
        }

        assertThat(code.countGuess()).isFalse();
        assertThat(code.guesses).isEqualTo(SmsCode.GUESSES);
    }

    @Test
    void a_counted_guess_is_right_or_wrong() {
        assertThat(judged(true, RIGHT, NUMBER, NOW)).isEqualTo(Verdict.RIGHT);
        assertThat(judged(true, WRONG, NUMBER, NOW)).isEqualTo(Verdict.WRONG);
    }

    @Test
    void a_guess_that_is_not_counted_is_not_even_compared() {
        assertThat(judged(false, RIGHT, NUMBER, NOW)).isEqualTo(Verdict.EXHAUSTED);
    }

    @Test
    void a_right_code_is_expired_from_its_end_on_also_when_exhausted() {
        assertThat(judged(true, RIGHT, NUMBER, NOW.plus(LIFETIME).minusNanos(1)))
                .isEqualTo(Verdict.RIGHT);
        assertThat(judged(true, RIGHT, NUMBER, NOW.plus(LIFETIME))).isEqualTo(Verdict.EXPIRED);
        assertThat(judged(false, RIGHT, NUMBER, NOW.plus(LIFETIME))).isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void a_right_code_is_none_for_another_number_and_once_it_is_spent() {
        assertThat(judged(true, RIGHT, new byte[] {9}, NOW)).isEqualTo(Verdict.NONE);
        code.spentAt = NOW;

        assertThat(judged(true, RIGHT, NUMBER, NOW)).isEqualTo(Verdict.NONE);
    }

    private Verdict judged(boolean counted, String guess, byte[] number, Instant now) {
        return code.judge(counted, guess, number, now, KEY);
    }
}
