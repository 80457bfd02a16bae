package io.pims.authentication.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.survival.Row.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an experiment would have to find, each put into logs that are all right but for it. */
class CheckerTest {

    private static final Bounds BOUNDS =
            Bounds.of(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMillis(6_500));

    private static final long NOW = 1_795_530_000_000L;

    /** When a transaction is final, after it was recorded. */
    private static final long END = 12_000;

    private final UUID id = UUID.randomUUID();
    private final List<Asked> asked = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<Return> returns = new ArrayList<>();

    private List<String> differences() {
        return new Checker(BOUNDS, asked, rows, calls, returns).differences();
    }

    private void assertFound(String... what) {
        List<String> found = differences();
        assertThat(found).hasSize(what.length);
        for (int each = 0; each < what.length; each++) {
            assertThat(found.get(each)).startsWith(what[each]);
        }
    }

    private void accepted(UUID transaction) {
        asked.add(new Asked("key", NOW, 5, 202, true, transaction, "PENDING", 0, false));
    }

    private void refused() {
        asked.add(new Asked("key", NOW, 5, 503, true, UUID.randomUUID(), "FAILED", 2204, true));
    }

    private void unanswered() {
        asked.add(new Asked("key", NOW, 5, Asked.NO_ANSWER, false, null, null, 0, false));
    }

    private void succeeded(int attempts, String... outcomes) {
        rows.add(new Row(id, "key", "SUCCEEDED", 0, NOW, NOW + END, attempts, log(outcomes), "m1"));
    }

    private void failed(int attempts, String... outcomes) {
        rows.add(new Row(id, "key", "FAILED", 2201, NOW, NOW + END, attempts, log(outcomes), null));
    }

    /** Outcomes by the first road, or with another one's name and a blank before them. */
    private static List<Attempt> log(String... outcomes) {
        return Stream.of(outcomes)
                .map(outcome -> (outcome.contains(" ") ? outcome : "first " + outcome).split(" "))
                .map(words -> new Attempt(words[0], words[1]))
                .toList();
    }

    private void sms(long at, String by, String content, String messageId) {
        calls.add(new Call(NOW + at, by, "first", id.toString(), content, Behaviour.NORMAL, messageId));
    }

    private void smsBySecondRoad(long at, String by) {
        calls.add(new Call(NOW + at, by, "second", id.toString(), "text", Behaviour.NORMAL, "m1"));
    }

    /** A call by the first road that it does not take. */
    private void call(long at, Behaviour behaviour) {
        calls.add(new Call(NOW + at, "A", "first", id.toString(), "text", behaviour, null));
    }

    @Test
    void a_request_that_was_accepted_recorded_and_sent_once_fits() {
        accepted(id);
        succeeded(1, "ACCEPTED");
        sms(100, "A", "text", "m1");

        assertThat(differences()).isEmpty();
    }

    @Test
    void a_request_that_was_refused_and_nothing_else_fits() {
        refused();

        assertThat(differences()).isEmpty();
    }

    @Test
    void a_lost_transaction_is_found() {
        accepted(id);

        assertFound("accepted, and lost");
    }

    @Test
    void a_refused_request_that_is_recorded_is_found() {
        refused();
        failed(0);

        assertFound("refused with 503, yet recorded");
    }

    @Test
    void a_refusal_without_an_envelope_is_found() {
        asked.add(new Asked("key", NOW, 5, 500, false, null, null, 0, false));

        assertFound("answered without an envelope, 500");
    }

    @Test
    void a_request_without_an_answer_may_be_recorded_or_not() {
        unanswered();

        assertThat(differences()).isEmpty();

        succeeded(1, "ACCEPTED");
        sms(100, "A", "text", "m1");

        assertThat(differences()).isEmpty();
    }

    @Test
    void a_request_without_an_answer_that_is_refused_the_second_time_may_be_recorded() {
        unanswered();
        refused();
        failed(0);

        assertThat(differences()).isEmpty();
    }

    @Test
    void a_transaction_without_an_answer_that_never_ends_is_found() {
        unanswered();
        rows.add(new Row(id, "key", "PENDING", 0, NOW, 0, 0, List.of(), null));

        assertFound("not final");
    }

    @Test
    void an_end_after_deadline_and_lease_is_found() {
        accepted(id);
        rows.add(new Row(id, "key", "FAILED", 2201, NOW, NOW + 41_001, 0, List.of(), null));

        assertFound("final after 41001 ms");
    }

    @Test
    void a_final_state_that_changes_is_found() {
        asked.add(new Asked("key", NOW, 5, 200, true, id, "SUCCEEDED", 0, false));
        failed(1, "NO_ANSWER");

        assertFound("told to be SUCCEEDED, and now FAILED");
    }

    @Test
    void a_repeated_request_that_is_another_transaction_is_found() {
        accepted(UUID.randomUUID());
        succeeded(1, "ACCEPTED");
        sms(100, "A", "text", "m1");

        assertFound("accepted as another transaction");
    }

    @Test
    void a_transaction_that_nobody_asked_for_is_found() {
        succeeded(1, "ACCEPTED");
        sms(100, "A", "text", "m1");

        assertFound("recorded, and nobody asked for it");
    }

    @Test
    void two_transactions_under_one_key_are_found() {
        accepted(id);
        failed(0);
        rows.add(new Row(UUID.randomUUID(), "key", "FAILED", 2201, NOW, NOW + 300, 0, List.of(), null));

        assertThat(differences()).anyMatch(difference -> difference.startsWith("recorded twice under one key"));
    }

    @Test
    void a_success_without_an_sms_is_found() {
        accepted(id);
        succeeded(1, "NO_ANSWER");

        assertFound("SUCCEEDED without the SMS");
    }

    @Test
    void an_sms_of_no_transaction_is_found() {
        sms(100, "A", "text", "m1");

        assertFound("sent, and not recorded");
    }

    @Test
    void a_repeat_after_an_unclear_outcome_with_the_same_text_fits() {
        accepted(id);
        succeeded(2, "NO_ANSWER", "ACCEPTED");
        sms(100, "A", "text", "m0");
        sms(4_600, "A", "text", "m1");

        assertThat(differences()).isEmpty();
    }

    @Test
    void a_repeat_with_another_text_is_found() {
        accepted(id);
        succeeded(2, "NO_ANSWER", "ACCEPTED");
        sms(100, "A", "text", "m0");
        sms(4_600, "A", "another", "m1");

        assertFound("sent with different texts");
    }

    @Test
    void a_rescue_by_another_process_after_the_lease_fits() {
        accepted(id);
        succeeded(2, "ACCEPTED");
        sms(100, "A", "text", "m0");
        sms(10_400, "B", "text", "m1");

        assertThat(differences()).isEmpty();
    }

    @Test
    void two_sends_in_one_lease_are_found() {
        accepted(id);
        succeeded(2, "ACCEPTED");
        sms(100, "A", "text", "m0");
        sms(900, "B", "text", "m1");

        assertFound("sent twice in one lease, 800 ms apart, by A and B");
    }

    @Test
    void a_repeat_though_the_outcome_was_known_is_found() {
        accepted(id);
        succeeded(2, "ACCEPTED", "ACCEPTED");
        sms(100, "A", "text", "m0");
        sms(9_000, "A", "text", "m1");

        assertFound("2 SMS, though all but 0 outcomes were known");
    }

    @Test
    void an_SMS_that_left_after_the_end_of_its_transaction_is_found() {
        accepted(id);
        succeeded(2, "ACCEPTED");
        sms(100, "A", "text", "m1");
        sms(END + 70, "B", "text", "m2");

        assertFound("sent 70 ms after its end, by B");
    }

    @Test
    void a_call_that_was_not_counted_is_found() {
        accepted(id);
        succeeded(1, "ACCEPTED");
        sms(100, "A", "text", "m1");
        call(50, Behaviour.THROTTLE);

        assertFound("called 2 times, and counted 1");
    }

    @Test
    void a_recorded_send_that_the_provider_does_not_know_is_found() {
        accepted(id);
        succeeded(1, "ACCEPTED");

        assertFound(
                "SUCCEEDED without",
                "called 0 times by first, and 1 answers recorded",
                "0 SMS by first, and 1 recorded as sent");
    }

    @Test
    void another_road_at_once_after_what_certainly_sent_nothing_fits() {
        accepted(id);
        succeeded(2, "TRY_LATER", "second ACCEPTED");
        call(100, Behaviour.THROTTLE);
        smsBySecondRoad(110, "A");

        assertThat(differences()).isEmpty();
    }

    @Test
    void another_road_too_soon_after_an_unclear_outcome_is_found() {
        accepted(id);
        succeeded(2, "NO_ANSWER", "second ACCEPTED");
        call(100, Behaviour.HANG);
        smsBySecondRoad(1_199, "A");

        assertFound("moved to second 1099 ms after an unclear call by first");
    }

    @Test
    void another_road_after_as_many_turns_as_there_are_unclear_tries_fits() {
        accepted(id);
        succeeded(2, "NO_ANSWER", "second ACCEPTED");
        call(100, Behaviour.HANG);
        smsBySecondRoad(1_200, "A");

        assertThat(differences()).isEmpty();
    }

    @Test
    void another_road_at_once_after_all_unclear_tries_fits() {
        accepted(id);
        succeeded(4, "FAULT", "FAULT", "FAULT", "second ACCEPTED");
        call(100, Behaviour.GARBAGE);
        call(400, Behaviour.GARBAGE);
        call(1_150, Behaviour.GARBAGE);
        smsBySecondRoad(1_160, "A");

        assertThat(differences()).isEmpty();
    }

    @Test
    void another_road_by_the_process_that_takes_over_from_a_dead_one_fits() {
        accepted(id);
        succeeded(2, "second ACCEPTED");
        call(100, Behaviour.HANG);
        smsBySecondRoad(900, "B");

        assertThat(differences()).isEmpty();
    }

    @Test
    void another_road_after_a_refusal_of_the_number_is_found() {
        accepted(id);
        succeeded(2, "REFUSED", "second ACCEPTED");
        call(100, Behaviour.REFUSE);
        smsBySecondRoad(110, "A");

        assertFound("tried again by second though first refused it");
    }

    @Test
    void a_call_that_is_recorded_with_the_wrong_road_is_found() {
        accepted(id);
        succeeded(1, "ACCEPTED");
        smsBySecondRoad(100, "A");

        assertThat(differences())
                .extracting(difference -> difference.replaceFirst(": .*", ""))
                .containsExactlyInAnyOrder(
                        "called 0 times by first, and 1 answers recorded",
                        "0 SMS by first, and 1 recorded as sent",
                        "called 1 times by second, and 0 recorded");
    }

    @Test
    void a_road_that_is_back_and_not_used_is_found() {
        accepted(id);
        succeeded(1, "second ACCEPTED");
        smsBySecondRoad(100, "A");
        returns.add(new Return("first", NOW, Duration.ZERO));

        assertFound("not used again within 3000 ms, first by: A");
    }

    @Test
    void a_road_that_is_back_and_used_too_late_is_found() {
        succeededByBoth(3_001);
        returns.add(new Return("first", NOW, Duration.ZERO));

        assertFound("not used again within 3000 ms, first by: A");
    }

    @Test
    void a_road_that_is_back_and_used_in_time_fits() {
        succeededByBoth(3_000);
        returns.add(new Return("first", NOW, Duration.ZERO));

        assertThat(differences()).isEmpty();
    }

    @Test
    void a_call_that_is_under_way_may_end_before_a_road_is_used_again() {
        succeededByBoth(9_000);
        returns.add(new Return("first", NOW, Duration.ofSeconds(6)));

        assertThat(differences()).isEmpty();
    }

    /** One process, whose first call goes by the second road. */
    private void succeededByBoth(long thenByFirst) {
        accepted(id);
        succeeded(2, "second NO_ANSWER", "ACCEPTED");
        calls.add(new Call(NOW + 100, "A", "second", id.toString(), "text", Behaviour.HANG, null));
        sms(thenByFirst, "A", "text", "m1");
    }
}
