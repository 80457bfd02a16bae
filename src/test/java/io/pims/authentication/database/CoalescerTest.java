package io.pims.authentication.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.subscription.UniSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoalescerTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<List<Integer>> batches = new ArrayList<>();
    private final List<UniEmitter<? super List<String>>> ends = new ArrayList<>();

    private Coalescer<Integer, String> coalescer(int lanes, int batchSize, int queue) {
        return coalescer(lanes, batchSize, queue, LONG);
    }

    private Coalescer<Integer, String> coalescer(int lanes, int batchSize, int queue, Duration patience) {
        return new Coalescer<>(lanes, batchSize, queue, patience, LONG, LONG, Runnable::run, batch -> {
            batches.add(batch);
            return Uni.createFrom().emitter(ends::add);
        });
    }

    @Test
    void the_first_one_goes_at_once_and_alone() {
        CompletableFuture<String> first = coalescer(1, 10, 10).submit(1);

        ends.get(0).complete(List.of("one"));

        assertThat(batches).containsExactly(List.of(1));
        assertThat(first).isCompletedWithValue("one");
    }

    @Test
    void those_who_come_meanwhile_share_the_next_batch_in_their_order() {
        Coalescer<Integer, String> coalescer = coalescer(1, 3, 10);
        coalescer.submit(1);
        List<CompletableFuture<String>> later = IntStream.of(2, 3, 4, 5)
                .mapToObj(item -> coalescer.submit(item))
                .toList();
        assertThat(batches).containsExactly(List.of(1));

        ends.get(0).complete(List.of("one"));
        ends.get(1).complete(List.of("two", "three", "four"));

        assertThat(batches).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
        assertThat(later.get(1)).isCompletedWithValue("three");
        assertThat(later.get(3)).isNotDone();
    }

    @Test
    void no_more_batches_are_under_way_than_there_are_lanes() {
        Coalescer<Integer, String> coalescer = coalescer(2, 1, 10);
        IntStream.range(0, 5).forEach(item -> coalescer.submit(item));
        assertThat(batches).hasSize(2);

        ends.get(1).complete(List.of("any"));

        assertThat(batches).hasSize(3);
    }

    @Test
    void a_batch_that_fails_as_a_whole_fails_for_all_and_frees_its_lane() {
        Coalescer<Integer, String> coalescer = coalescer(1, 10, 10);
        CompletableFuture<String> failed = coalescer.submit(1);
        coalescer.submit(2);

        ends.get(0).fail(new IllegalStateException());

        assertThat(failed).isCompletedExceptionally();
        assertThat(batches).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void a_batch_that_breaks_as_it_begins_fails_for_all_and_frees_its_lane() {
        Uni<List<String>> broken = new AbstractUni<>() {
            @Override
            public void subscribe(UniSubscriber<? super List<String>> subscriber) {
                throw new IllegalStateException("broken");
            }
        };
        Iterator<Uni<List<String>>> unis =
                List.of(broken, Uni.createFrom().item(List.of("two"))).iterator();
        Coalescer<Integer, String> coalescer =
                new Coalescer<>(1, 10, 10, LONG, LONG, LONG, Runnable::run, batch -> unis.next());

        assertThat(coalescer.submit(1)).isCompletedExceptionally();
        assertThat(coalescer.submit(2)).isCompletedWithValue("two");
    }

    @Test
    void one_too_many_is_refused_at_once_and_costs_the_others_nothing() {
        Coalescer<Integer, String> coalescer = coalescer(1, 10, 2);
        coalescer.submit(1);
        CompletableFuture<String> waiting = coalescer.submit(2);
        coalescer.submit(3);

        assertThat(coalescer.submit(4))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);

        ends.get(0).complete(List.of("one"));
        ends.get(1).complete(List.of("two", "three"));
        assertThat(waiting).isCompletedWithValue("two");
    }

    @Test
    void while_the_first_of_the_queue_has_waited_for_too_long_new_ones_are_refused_at_once() {
        Coalescer<Integer, String> coalescer = coalescer(1, 10, 1_000, Duration.ofMillis(20));
        coalescer.submit(1);
        CompletableFuture<String> waiting = coalescer.submit(2);

        await().until(() -> coalescer.submit(3).isCompletedExceptionally());
        ends.get(0).complete(List.of("one"));
        CompletableFuture<String> afterwards = coalescer.submit(4);
        ends.get(1).complete(batches.get(1).stream().map(String::valueOf).toList());

        assertThat(waiting).isCompletedWithValue("2");
        assertThat(afterwards).isNotDone();
        assertThat(batches).last().isEqualTo(List.of(4));
    }

    @Test
    void a_batch_that_hangs_fails_and_makes_way() {
        // Not on the JDK's timer thread, as in the service, where each batch begins on an event loop.
        ExecutorService lane = Executors.newSingleThreadExecutor();
        try {
            Coalescer<Integer, String> coalescer = new Coalescer<>(
                    1,
                    1,
                    10,
                    LONG,
                    Duration.ofMillis(20),
                    Duration.ofMillis(40),
                    lane,
                    batch -> batch.get(0) == 1
                            ? Uni.createFrom().nothing()
                            : Uni.createFrom().item(List.of("two")));
            CompletableFuture<String> hangs = coalescer.submit(1);
            CompletableFuture<String> next = coalescer.submit(2);

            assertThat(next).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("two");
            assertThat(hangs)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withCauseInstanceOf(TimeoutException.class);
        } finally {
            lane.shutdownNow();
        }
    }

    @Test
    void a_batch_that_made_way_still_has_its_outcome_when_that_comes() {
        ExecutorService lane = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<List<String>> end = new CompletableFuture<>();
            Coalescer<Integer, String> coalescer = new Coalescer<>(
                    1,
                    1,
                    10,
                    LONG,
                    Duration.ofMillis(20),
                    LONG,
                    lane,
                    batch -> batch.get(0) == 1
                            ? Uni.createFrom().completionStage(end)
                            : Uni.createFrom().item(List.of("two")));
            CompletableFuture<String> late = coalescer.submit(1);
            assertThat(coalescer.submit(2)).succeedsWithin(Duration.ofSeconds(30));

            end.complete(List.of("one"));

            assertThat(late).isCompletedWithValue("one");
        } finally {
            lane.shutdownNow();
        }
    }

    @Test
    void under_threads_each_item_is_answered_once_and_with_its_own_outcome() throws InterruptedException {
        int items = 20_000;
        ExecutorService callers = Executors.newFixedThreadPool(8);
        ExecutorService lanes = Executors.newFixedThreadPool(2);
        Coalescer<Integer, Integer> coalescer = new Coalescer<>(
                2, 16, items, LONG, LONG, LONG, lanes, batch -> Uni.createFrom().item(batch));
        AtomicInteger right = new AtomicInteger();
        CountDownLatch answers = new CountDownLatch(items);
        try {
            IntStream.range(0, items)
                    .forEach(item ->
                            callers.execute(() -> coalescer.submit(item).thenAccept(outcome -> {
                                right.addAndGet(outcome == item ? 1 : 0);
                                answers.countDown();
                            })));

            assertThat(answers.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(right).hasValue(items);
        } finally {
            callers.shutdownNow();
            lanes.shutdownNow();
        }
    }
}
