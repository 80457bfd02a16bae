package io.pims.authentication.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SendSlotsTest {

    private final List<String> begun = new ArrayList<>();
    private final Deque<UniEmitter<? super String>> running = new ArrayDeque<>();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private boolean paced = true;
    private Runnable again;
    private final SendSlots slots = slots(1);

    private SendSlots slots(int clients) {
        return new SendSlots(clients, (waiting, later) -> {
            again = later;
            return paced;
        });
    }

    private void submit(SendSlots to, boolean isNew, String name) {
        submit(to, isNew, Duration.ofMinutes(1), name);
    }

    private void submit(SendSlots to, boolean isNew, Duration longest, String name) {
        to.inTurn(
                        isNew,
                        longest,
                        () -> name + " is late",
                        () -> name + " is sent away",
                        Uni.createFrom().<String>emitter(emitter -> {
                            begun.add(name);
                            running.add(emitter);
                        }))
                .subscribe()
                .with(ended::add, failure -> ended.add(failure.getMessage()));
    }

    private void endAll() {
        while (!running.isEmpty()) {
            running.remove().complete("done");
        }
    }

    @Test
    void no_more_calls_run_than_there_are_clients() {
        SendSlots two = slots(2);
        IntStream.range(0, 5).forEach(call -> submit(two, true, "" + call));
        assertThat(begun).containsExactly("0", "1");

        running.remove().complete("first");

        assertThat(begun).containsExactly("0", "1", "2");
        assertThat(ended).containsExactly("first");
    }

    @Test
    void a_slot_is_freed_by_a_failure_too() {
        submit(slots, true, "bad");
        submit(slots, true, "good");

        running.remove().fail(new IllegalStateException("broken"));

        assertThat(begun).containsExactly("bad", "good");
        assertThat(ended).containsExactly("broken");
    }

    @Test
    void new_requests_go_before_the_backlog_which_has_one_turn_in_a_few() {
        submit(slots, false, "running");
        IntStream.range(0, 3).forEach(call -> submit(slots, false, "old" + call));
        IntStream.range(0, 5).forEach(call -> submit(slots, true, "new" + call));

        endAll();

        assertThat(begun).containsExactly("running", "new0", "new1", "new2", "old0", "new3", "new4", "old1", "old2");
    }

    @Test
    void nothing_begins_before_the_pace_allows_it() {
        paced = false;
        submit(slots, true, "waiting");
        assertThat(begun).isEmpty();

        paced = true;
        again.run();

        assertThat(begun).containsExactly("waiting");
    }

    @Test
    void whose_turn_does_not_come_in_time_makes_no_call_and_keeps_no_place() {
        submit(slots, true, "running");
        submit(slots, true, Duration.ofMillis(10), "impatient");
        submit(slots, false, Duration.ofMillis(10), "old");
        submit(slots, true, "patient");

        await().untilAsserted(() -> assertThat(ended).containsExactlyInAnyOrder("impatient is late", "old is late"));
        assertThat(slots.waiting()).isEqualTo(1);
        endAll();

        assertThat(begun).containsExactly("running", "patient");
        assertThat(slots.running()).isZero();
    }

    @Test
    void who_had_a_turn_is_never_too_late() {
        submit(slots, true, Duration.ZERO, "quick");
        submit(slots, true, Duration.ofMillis(10), "late");

        await().until(() -> ended.contains("late is late"));
        endAll();

        assertThat(ended).containsExactly("late is late", "done");
    }

    @Test
    void who_is_sent_away_makes_no_call_and_who_runs_goes_on() {
        submit(slots, true, "running");
        submit(slots, true, "new");
        submit(slots, false, "old");

        slots.sendAway();
        assertThat(ended).containsExactly("new is sent away", "old is sent away");
        assertThat(slots.waiting()).isZero();
        submit(slots, true, "later");
        endAll();

        assertThat(begun).containsExactly("running", "later");
        assertThat(slots.running()).isZero();
    }

    @Test
    void who_is_sent_away_is_not_too_late_as_well() {
        submit(slots, true, "running");
        submit(slots, true, Duration.ofMillis(10), "waiting");
        slots.sendAway();
        submit(slots, true, Duration.ofMillis(20), "another");

        await().until(() -> ended.contains("another is late"));

        assertThat(ended).containsExactly("waiting is sent away", "another is late");
    }
}
