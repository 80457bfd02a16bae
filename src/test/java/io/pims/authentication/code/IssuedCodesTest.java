package io.pims.authentication.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.trustedphonenumber.Destination;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IssuedCodesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Duration LEAST_LIFE = Duration.ofSeconds(150);
    private static final SealedNumber NUMBER = number(1);
    private static final UUID NEW = new UUID(0, 2);

    private static SealedNumber number(int hash) {
        return new SealedNumber(new byte[0], "k1", new byte[] {(byte) hash});
    }

    private static SmsCode known(Instant issuedAt) {
        SmsCode code = SmsCode.unissued(new SmsCode.Key("a", "resetPIN"));
        code.renew(new UUID(0, 1), "old", NUMBER.hash(), issuedAt, LIFETIME);
        return code;
    }

    private static IssuedCodes codes(SmsCode... known) {
        return new IssuedCodes(List.of(known), "new", LIFETIME, LEAST_LIFE);
    }

    @Test
    void a_user_without_a_code_gets_a_new_one() {
        IssuedCodes codes = codes();

        CodeReference issued = codes.issue("a", SmsCodeType.RESET_PIN, NUMBER, NEW, NOW);

        assertThat(issued).isEqualTo(new CodeReference(NEW, "new", NOW.plus(LIFETIME)));
        assertThat(codes.renewed()).hasSize(1);
    }

    @Test
    void a_code_that_lives_is_sent_again_and_not_written() {
        IssuedCodes codes = codes(known(NOW.minusSeconds(60)));

        CodeReference issued = codes.issue("a", SmsCodeType.RESET_PIN, NUMBER, NEW, NOW);

        assertThat(issued.id()).isEqualTo(new UUID(0, 1));
        assertThat(codes.renewed()).isEmpty();
    }

    @Test
    void a_code_that_would_end_before_it_can_be_typed_is_replaced() {
        Instant issuedAt = NOW.minus(LIFETIME).plus(LEAST_LIFE);

        CodeReference enough = codes(known(issuedAt)).issue("a", SmsCodeType.RESET_PIN, NUMBER, NEW, NOW);
        CodeReference tooLittle =
                codes(known(issuedAt.minusNanos(1))).issue("a", SmsCodeType.RESET_PIN, NUMBER, NEW, NOW);

        assertThat(enough.id()).isEqualTo(new UUID(0, 1));
        assertThat(tooLittle).isEqualTo(new CodeReference(NEW, "new", NOW.plus(LIFETIME)));
    }

    @Test
    void with_a_life_shorter_than_that_each_request_has_its_own() {
        IssuedCodes codes = new IssuedCodes(List.of(), "new", Duration.ofMinutes(1), LEAST_LIFE);

        UUID first = codes.issue("a", SmsCodeType.RESET_PIN, NUMBER, new UUID(0, 8), NOW)
                .id();
        UUID second = codes.issue("a", SmsCodeType.RESET_PIN, NUMBER, new UUID(0, 9), NOW)
                .id();

        assertThat(first).isNotEqualTo(second);
        assertThat(codes.renewed()).extracting(code -> code.id).containsExactly(second);
    }

    @Test
    void a_code_that_has_expired_is_replaced() {
        IssuedCodes codes = codes(known(NOW.minus(LIFETIME)));

        assertThat(codes.issue("a", SmsCodeType.RESET_PIN, NUMBER, NEW, NOW).id())
                .isEqualTo(NEW);
        assertThat(codes.renewed()).hasSize(1);
    }

    @Test
    void a_code_serves_its_own_type_only() {
        IssuedCodes codes = codes(known(NOW));

        assertThat(codes.issue("a", SmsCodeType.PHONE_NUMBER_CERTIFICATION, NUMBER, NEW, NOW)
                        .id())
                .isEqualTo(NEW);
    }

    @Test
    void a_code_that_is_replaced_twice_is_written_once_as_it_is_at_the_end() {
        IssuedCodes codes = codes();
        codes.issue("a", SmsCodeType.PHONE_NUMBER_CERTIFICATION, NUMBER, new UUID(0, 8), NOW);
        codes.issue("a", SmsCodeType.PHONE_NUMBER_CERTIFICATION, number(9), new UUID(0, 9), NOW);

        assertThat(codes.renewed()).extracting(code -> code.id).containsExactly(new UUID(0, 9));
    }

    @Test
    void it_is_known_how_often_a_code_was_sent_and_where_to() {
        Destination france = new Destination("FR", "aa");
        SealedNumber number = new SealedNumber(new byte[0], "k1", NUMBER.hash(), france);
        SmsCode known = known(NOW.minusSeconds(60));
        IssuedCodes codes = codes(known);

        codes.issue("a", SmsCodeType.RESET_PIN, number, NEW, NOW);
        codes.issue("a", SmsCodeType.RESET_PIN, number, NEW, NOW);
        codes.issue("b", SmsCodeType.RESET_PIN, number, NEW, NOW);
        codes.issue("b", SmsCodeType.RESET_PIN, number, NEW, NOW);

        assertThat(codes.repeated()).containsExactly(known);
        assertThat(codes.renewed()).hasSize(1);
        assertThat(known.sends).isEqualTo(2);
        assertThat(codes.renewed().get(0).sends).isEqualTo(2);
        assertThat(codes.renewed().get(0).destination()).isEqualTo(france);
        assertThat(codes.renewed().get(0).issuedAt).isEqualTo(NOW);
    }
}
