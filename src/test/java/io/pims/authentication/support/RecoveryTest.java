package io.pims.authentication.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.driver.Driver;
import io.pims.authentication.pincode.RetiredPin;
import io.pims.authentication.trustedphonenumber.Destination;
import io.pims.authentication.trustedphonenumber.RetiredNumber;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private static final Instant NOW = Instant.parse("2026-11-29T04:00:00Z");
    private static final Duration HOLD = Duration.ofHours(24);
    private static final RetiredNumber NUMBER = new RetiredNumber(
            new SealedNumber(new byte[] {1}, "k1", new byte[] {2}, Destination.of("FR", "aa")),
            NOW.minusSeconds(60),
            NOW.plusSeconds(60));
    private static final RetiredPin PIN = new RetiredPin("$argon2id$", "p1", 3, NOW.minusSeconds(30));

    private final Recovery recovery = new Recovery();

    private static Caller caller(String language, Optional<String> brand) {
        return new Caller(
                new Driver("somebody", brand, Optional.empty()),
                UUID.randomUUID(),
                language,
                Optional.empty(),
                Optional.empty());
    }

    private void done(Optional<RetiredNumber> number, Optional<RetiredPin> pin) {
        recovery.request("driver", "ann", 1, NOW, HOLD);
        recovery.carryOut("ann", caller("fr", Optional.of("opel")), NOW, HOLD, number, pin);
    }

    @Test
    void what_went_off_file_is_given_back_as_it_was() {
        done(Optional.of(NUMBER), Optional.of(PIN));

        RetiredNumber number = recovery.retiredNumber().orElseThrow();
        assertThat(number.number().ciphertext()).isEqualTo(NUMBER.number().ciphertext());
        assertThat(number.number().hash()).isEqualTo(NUMBER.number().hash());
        assertThat(number.number().destination()).isEqualTo(NUMBER.number().destination());
        assertThat(number.certifiedAt()).isEqualTo(NUMBER.certifiedAt());
        assertThat(number.resetsHeldUntil()).isEqualTo(NUMBER.resetsHeldUntil());
        assertThat(recovery.retiredPin()).contains(PIN);
    }

    @Test
    void who_lost_the_number_is_told_in_the_language_and_brand_from_before() {
        done(Optional.of(NUMBER), Optional.empty());

        Caller about = recovery.about(caller("pl", Optional.of("fiat")));

        assertThat(about.user()).isEqualTo("driver");
        assertThat(about.language()).isEqualTo("fr");
        assertThat(about.driver().brand()).contains("opel");
    }

    @Test
    void once_undone_it_keeps_neither_number_nor_pin() {
        done(Optional.of(NUMBER), Optional.of(PIN));

        recovery.undo("bob", NOW.plusSeconds(5));

        assertThat(recovery.retiredNumber()).isEmpty();
        assertThat(recovery.retiredPin()).isEmpty();
        assertThat(recovery.summary())
                .isEqualTo(new RecoverySummary(RecoveryState.UNDONE, NOW, NOW, NOW.plusSeconds(5), NOW.plus(HOLD)));
    }

    @Test
    void one_that_begins_over_an_ended_one_keeps_nothing_of_it() {
        done(Optional.of(NUMBER), Optional.of(PIN));

        recovery.request("driver", "carol", 2, NOW.plus(HOLD), HOLD);

        assertThat(recovery.retiredNumber()).isEmpty();
        assertThat(recovery.retiredPin()).isEmpty();
        assertThat(recovery.running()).isEqualTo(new RecoveryStep.Running(RecoveryState.REQUESTED, "carol"));
        assertThat(recovery.summary().confirmedAt()).isNull();
    }

    @Test
    void it_runs_until_its_end_and_a_hold_of_nothing_never() {
        done(Optional.of(NUMBER), Optional.empty());

        assertThat(recovery.runs(NOW)).isTrue();
        assertThat(recovery.runs(NOW.plus(HOLD).minusMillis(1))).isTrue();
        assertThat(recovery.runs(NOW.plus(HOLD))).isFalse();
        recovery.carryOut(
                "ann", caller("fr", Optional.empty()), NOW, Duration.ZERO, Optional.empty(), Optional.empty());
        assertThat(recovery.runs(NOW)).isFalse();
    }
}
