package io.pims.authentication.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.code.CodeReference;
import io.pims.authentication.dispatch.RoadChoice.Breakers;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.HeldLease;
import io.pims.authentication.transaction.SendAttempt;
import io.pims.authentication.transaction.SmsOrder;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SendProgressTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant DEADLINE = NOW.plusSeconds(30);
    private static final Duration TOOK = Duration.ofMillis(120);
    private static final int UNCLEAR_TRIES = 3;

    private static final Breakers CLOSED = new Breakers() {

        @Override
        public boolean isClosed(int road) {
            return true;
        }

        @Override
        public boolean isDue(int road) {
            return false;
        }

        @Override
        public boolean mayProbe(int road) {
            return false;
        }
    };

    private final SendProgress progress = progress(claim(1));

    @Test
    void the_progress_is_that_of_its_claim() {
        Claim claim = claim(1);
        SendProgress ofClaim = progress(claim);

        assertThat(ofClaim.claim()).isSameAs(claim);
        assertThat(ofClaim.heldLease()).isEqualTo(new HeldLease(claim.id(), claim.lease()));
    }

    @Test
    void what_the_provider_took_is_sent_even_after_the_deadline() {
        SmsOutcome accepted = SmsOutcome.accepted("id-1", "0");

        assertThat(call(accepted, NOW)).isEqualTo(new NextStep.Sent(accepted, "vonage"));
        assertThat(call(accepted, DEADLINE.plusSeconds(1))).isEqualTo(new NextStep.Sent(accepted, "vonage"));
    }

    @ParameterizedTest
    @CsvSource({"TRY_LATER", "NO_ANSWER", "UNREACHABLE", "FAULT"})
    void what_may_pass_is_tried_again(SmsOutcome.Kind kind) {
        assertThat(call(outcome(kind), NOW)).isEqualTo(new NextStep.Retry());
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, SERVER_ERROR", "MISCONFIGURED, CORE_NOT_WELL_CONFIGURED"})
    void what_is_final_ends_at_once(SmsOutcome.Kind kind, ErrorCode error) {
        assertThat(call(outcome(kind), NOW)).isEqualTo(new NextStep.Failed(error));
    }

    @ParameterizedTest
    @CsvSource({
        "TRY_LATER, TIMEOUT",
        "NO_ANSWER, TIMEOUT",
        "UNREACHABLE, NETWORK_PROBLEM",
        "FAULT, SERVER_ERROR",
    })
    void at_the_deadline_the_last_outcome_is_told(SmsOutcome.Kind kind, ErrorCode error) {
        assertThat(call(outcome(kind), DEADLINE.minusNanos(1))).isEqualTo(new NextStep.Retry());
        assertThat(call(outcome(kind), DEADLINE)).isEqualTo(new NextStep.Failed(error));
    }

    @ParameterizedTest
    @CsvSource({"NO_ANSWER, TIMEOUT", "FAULT, SERVER_ERROR"})
    void three_calls_with_an_unclear_effect_are_enough(SmsOutcome.Kind kind, ErrorCode error) {
        assertThat(call(outcome(kind), NOW)).isEqualTo(new NextStep.Retry());
        assertThat(call(outcome(kind), NOW)).isEqualTo(new NextStep.Retry());
        assertThat(call(outcome(kind), NOW)).isEqualTo(new NextStep.Failed(error));
    }

    @Test
    void unclear_calls_count_together_and_clear_ones_between_them_do_not() {
        call(outcome(SmsOutcome.Kind.NO_ANSWER), NOW);
        call(outcome(SmsOutcome.Kind.TRY_LATER), NOW);
        call(outcome(SmsOutcome.Kind.UNREACHABLE), NOW);
        NextStep second = call(outcome(SmsOutcome.Kind.FAULT), NOW);
        NextStep third = call(outcome(SmsOutcome.Kind.NO_ANSWER), NOW);

        assertThat(second).isEqualTo(new NextStep.Retry());
        assertThat(third).isEqualTo(new NextStep.Failed(ErrorCode.TIMEOUT));
    }

    @ParameterizedTest
    @CsvSource({"TRY_LATER", "UNREACHABLE"})
    void what_certainly_sent_nothing_is_tried_until_the_deadline(SmsOutcome.Kind kind) {
        for (int call = 0; call < 50; call++) {
            assertThat(call(outcome(kind), NOW)).isEqualTo(new NextStep.Retry());
        }
    }

    @Test
    void a_breaker_that_lets_no_call_through_costs_no_unclear_try() {
        for (int refused = 0; refused < 10; refused++) {
            assertThat(progress.after(0, outcome(SmsOutcome.Kind.NO_ANSWER), NOW))
                    .isEqualTo(new NextStep.Retry());
        }

        assertThat(progress.isCounted()).isTrue();
        assertThat(progress.lastAttempt()).isNull();
    }

    @Test
    void a_claim_that_was_never_tried_ends_with_a_timeout() {
        assertThat(progress.giveUp()).isEqualTo(new NextStep.Failed(ErrorCode.TIMEOUT));
        assertThat(progress.lastAttempt()).isNull();
    }

    @Test
    void the_log_tells_the_last_call_or_that_there_was_no_time_for_one() {
        assertThat(progress.reason()).isEqualTo("too late for a try");

        call(outcome(SmsOutcome.Kind.FAULT), NOW);

        assertThat(progress.reason()).isEqualTo("last " + progress.lastAttempt());
    }

    @Test
    void given_up_it_ends_with_what_it_met_last() {
        call(outcome(SmsOutcome.Kind.FAULT), NOW);
        call(outcome(SmsOutcome.Kind.UNREACHABLE), NOW);

        assertThat(progress.giveUp()).isEqualTo(new NextStep.Failed(ErrorCode.NETWORK_PROBLEM));
    }

    @Test
    void it_is_late_from_the_deadline_on() {
        assertThat(progress.isLate(NOW)).isFalse();
        assertThat(progress.isLate(DEADLINE.minusNanos(1))).isFalse();
        assertThat(progress.isLate(DEADLINE)).isTrue();
        assertThat(progress.isLate(DEADLINE.plusNanos(1))).isTrue();
    }

    @Test
    void a_claim_past_its_deadline_is_late_at_once() {
        Claim late =
                new Claim(new UUID(1, 2), 2, 4, Duration.ofSeconds(-3), Optional.of(Duration.ofMinutes(9)), order());

        assertThat(progress(late).isLate(NOW)).isTrue();
    }

    @Test
    void a_code_lives_from_the_claim_on_and_not_from_each_try() {
        assertThat(progress.codeLifetimeLeft(NOW.plusSeconds(25)))
                .hasValue(Duration.ofMinutes(10).minusSeconds(25));
    }

    @Test
    void a_notice_has_no_code_that_could_end() {
        SendProgress notice =
                progress(new Claim(new UUID(1, 2), 1, 1, Duration.ofSeconds(30), Optional.empty(), order()));

        assertThat(notice.codeLifetimeLeft(NOW)).isEmpty();
        assertThat(notice.isLate(DEADLINE.minusNanos(1))).isFalse();
    }

    @Test
    void it_is_late_once_nobody_could_type_the_code_any_more() {
        SendProgress dying = progress(
                new Claim(new UUID(1, 2), 1, 1, Duration.ofSeconds(30), Optional.of(Duration.ofSeconds(40)), order()));

        assertThat(dying.isLate(NOW.plusSeconds(10))).isFalse();
        assertThat(dying.isLate(NOW.plusSeconds(10).plusNanos(1))).isTrue();
        assertThat(dying.giveUp()).isEqualTo(new NextStep.Failed(ErrorCode.TIMEOUT));
    }

    @Test
    void the_first_call_was_counted_with_the_claim_and_later_ones_are_not_yet() {
        assertThat(progress.isCounted()).isTrue();

        call(outcome(SmsOutcome.Kind.TRY_LATER), NOW);

        assertThat(progress.isCounted()).isFalse();
    }

    @Test
    void every_call_leaves_its_trace_numbered_over_the_transactions_life() {
        SendProgress rescued = progress(claim(4));

        rescued.calling(NOW);
        rescued.after(0, SmsOutcome.tryLater("1"), NOW.plus(TOOK));
        SendAttempt first = rescued.lastAttempt();
        rescued.calling(NOW);
        rescued.after(0, SmsOutcome.noAnswer("SocketTimeoutException"), NOW.plus(TOOK.multipliedBy(2)));
        SendAttempt second = rescued.lastAttempt();

        assertThat(first).isEqualTo(new SendAttempt(4, "vonage", "TRY_LATER", "1", TOOK));
        assertThat(second)
                .isEqualTo(new SendAttempt(5, "vonage", "NO_ANSWER", "SocketTimeoutException", TOOK.multipliedBy(2)));
    }

    @Test
    void a_call_that_is_counted_and_not_made_is_counted_once_and_the_one_before_written_once() {
        call(outcome(SmsOutcome.Kind.UNREACHABLE), NOW);
        assertThat(progress.unwrittenAttempt()).isNotNull().isEqualTo(progress.lastAttempt());

        progress.counted();
        progress.beginTurn();
        progress.after(0, outcome(SmsOutcome.Kind.UNREACHABLE), NOW);

        assertThat(progress.isCounted()).as("the breaker let no call through").isTrue();
        assertThat(progress.unwrittenAttempt()).isNull();
        assertThat(progress.lastAttempt()).isNotNull();
    }

    @Test
    void the_next_road_is_tried_at_once_and_its_attempt_tells_its_name() {
        SendProgress two = progress(claim(1), "first", "second");

        assertThat(call(two, SmsOutcome.unreachable("refused"))).isEqualTo(new NextStep.NextRoad());
        assertThat(call(two, SmsOutcome.accepted("id", "0")))
                .isEqualTo(new NextStep.Sent(SmsOutcome.accepted("id", "0"), "second"));
        assertThat(two.lastAttempt().road()).isEqualTo("second");
        assertThat(two.lastAttempt().number()).isEqualTo(2);
    }

    @Test
    void of_the_last_turn_the_worst_outcome_is_told() {
        SendProgress two = progress(claim(1), "first", "second");
        call(two, SmsOutcome.misconfigured("4"));
        call(two, SmsOutcome.tryLater("1"));
        assertThat(two.giveUp()).isEqualTo(new NextStep.Failed(ErrorCode.CORE_NOT_WELL_CONFIGURED));

        two.beginTurn();
        assertThat(two.giveUp())
                .as("a turn that met nobody tells nothing")
                .extracting("error")
                .isEqualTo(ErrorCode.CORE_NOT_WELL_CONFIGURED);
        call(two, SmsOutcome.tryLater("1"));

        assertThat(two.giveUp()).isEqualTo(new NextStep.Failed(ErrorCode.TIMEOUT));
        assertThat(two.lastOutcome()).isEqualTo("TRY_LATER");
    }

    @Test
    void a_refusal_is_told_whatever_the_road_before_it_said() {
        SendProgress two = progress(claim(1), "first", "second");
        call(two, SmsOutcome.misconfigured("4"));

        assertThat(call(two, SmsOutcome.refused("7"))).isEqualTo(new NextStep.Failed(ErrorCode.SERVER_ERROR));
    }

    @Test
    void a_rescue_goes_on_with_what_is_logged_and_counts_what_is_not_as_unclear() {
        List<SendAttempt> logged = List.of(
                new SendAttempt(1, "second", "NO_ANSWER", "timeout", TOOK),
                new SendAttempt(2, "gone", "FAULT", "", TOOK));
        SendProgress rescued = progress(rescued(4, logged), "first", "second");

        assertThat(call(rescued, SmsOutcome.noAnswer("timeout"))).isEqualTo(new NextStep.Retry());
        assertThat(rescued.lastAttempt().road()).isEqualTo("second");
        rescued.beginTurn();
        assertThat(call(rescued, SmsOutcome.noAnswer("timeout")))
                .as("two unclear calls of the first road are known")
                .isEqualTo(new NextStep.NextRoad());
        assertThat(call(rescued, SmsOutcome.noAnswer("timeout"))).isInstanceOf(NextStep.Failed.class);
    }

    @Test
    void the_only_road_has_its_tries_anew_after_a_rescue() {
        SendProgress rescued = progress(rescued(9, List.of()), "vonage");

        assertThat(call(rescued, SmsOutcome.noAnswer("timeout"))).isEqualTo(new NextStep.Retry());
    }

    private static Claim rescued(int attempts, List<SendAttempt> logged) {
        return new Claim(new UUID(1, 2), 2, attempts, Duration.ofSeconds(30), Optional.empty(), order(), logged);
    }

    @Test
    void it_need_not_wait_for_a_road_while_another_one_may_have_the_SMS() {
        assertThat(progress.hasAlternative(0, CLOSED)).isFalse();
        SendProgress two = progress(claim(1), "first", "second");
        assertThat(two.hasAlternative(0, CLOSED)).isTrue();

        call(two, SmsOutcome.noAnswer("timeout"));

        assertThat(two.hasAlternative(0, CLOSED)).as("it could send it twice").isFalse();
    }

    @Test
    void without_any_road_to_the_country_it_is_not_well_configured() {
        SendProgress none = progress(claim(1), new String[0]);

        assertThat(none.nextRoad(CLOSED)).isEmpty();
        assertThat(none.giveUp()).isEqualTo(new NextStep.Failed(ErrorCode.CORE_NOT_WELL_CONFIGURED));
        assertThat(none.lastOutcome()).isEqualTo("MISCONFIGURED");
        assertThat(none.reason()).isEqualTo("no road serves the country");
    }

    @Test
    void no_road_is_tried_after_the_deadline() {
        SendProgress two = progress(claim(1), "first", "second");
        two.calling(NOW);

        assertThat(two.after(0, SmsOutcome.unreachable("refused"), DEADLINE))
                .isEqualTo(new NextStep.Failed(ErrorCode.NETWORK_PROBLEM));
    }

    @ParameterizedTest
    @EnumSource
    void every_outcome_leads_somewhere(SmsOutcome.Kind kind) {
        assertThat(call(outcome(kind), DEADLINE)).isInstanceOfAny(NextStep.Sent.class, NextStep.Failed.class);
    }

    private NextStep call(SmsOutcome outcome, Instant now) {
        progress.beginTurn();
        progress.calling(now.minus(TOOK));
        return progress.after(0, outcome, now);
    }

    private static NextStep call(SendProgress by, SmsOutcome outcome) {
        int road = by.nextRoad(CLOSED).orElseThrow().road();
        by.calling(NOW.minus(TOOK));
        return by.after(road, outcome, NOW);
    }

    private static SmsOutcome outcome(SmsOutcome.Kind kind) {
        return new SmsOutcome(kind, null, "status");
    }

    private static SendProgress progress(Claim claim) {
        return progress(claim, "vonage");
    }

    private static SendProgress progress(Claim claim, String... roads) {
        SendProgress progress = new SendProgress(claim, UNCLEAR_TRIES, NOW);
        progress.goBy(List.of(roads));
        progress.beginTurn();
        return progress;
    }

    private static Claim claim(int attempts) {
        return new Claim(
                new UUID(1, 2), 1, attempts, Duration.ofSeconds(30), Optional.of(Duration.ofMinutes(10)), order());
    }

    private static SmsOrder order() {
        return new SmsOrder(
                "driver",
                "resetPIN",
                new SealedNumber(new byte[] {1}, "k1", new byte[] {2}),
                Optional.of(new CodeReference(new UUID(3, 4), "k1", NOW.plusSeconds(600))),
                "en",
                "peugeot",
                Optional.empty());
    }
}
