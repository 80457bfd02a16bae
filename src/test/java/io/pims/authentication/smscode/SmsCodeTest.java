package io.pims.authentication.smscode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SmsCodeTest {

    private static final UUID ID = new UUID(1, 2);
    private static final byte[] NUMBER = {1, 2, 3};
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration LIFETIME = Duration.ofMinutes(10);

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
    void a_code_serves_until_just_before_its_end() {
        assertThat(code.serves(NUMBER, NOW.plus(LIFETIME).minusNanos(1))).isTrue();
        assertThat(code.serves(NUMBER, NOW.plus(LIFETIME))).isFalse();
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
}
