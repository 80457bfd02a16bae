package io.pims.authentication.pincode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.transaction.Deadline;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KeyedBulkheadTest {

    private static final Deadline SOON = Deadline.in(Duration.ofSeconds(20));

    private final KeyedBulkhead bulkhead = new KeyedBulkhead(1, 2, 4);
    private final List<String> begun = new ArrayList<>();
    private final Map<String, CompletableFuture<String>> ends = new HashMap<>();

    private UniAssertSubscriber<String> take(String key, String attempt) {
        return take(key, attempt, SOON);
    }

    private UniAssertSubscriber<String> take(String key, String attempt, Deadline deadline) {
        CompletableFuture<String> end = new CompletableFuture<>();
        ends.put(attempt, end);
        return bulkhead.take(key, deadline, () -> {
                    begun.add(attempt);
                    return Uni.createFrom().completionStage(end);
                })
                .subscribe()
                .withSubscriber(new UniAssertSubscriber<>());
    }

    private void ends(String attempt) {
        ends.get(attempt).complete(attempt);
    }

    private static void refused(UniAssertSubscriber<String> attempt, int status, ErrorCode code) {
        assertThat(attempt.awaitFailure().getFailure()).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.headers()).containsEntry("Retry-After", "1");
        });
    }

    @Test
    void one_of_a_name_goes_on_at_a_time_and_the_others_in_the_order_in_which_they_came() {
        List<UniAssertSubscriber<String>> attempts =
                Stream.of("one", "two", "three").map(each -> take("anna", each)).toList();

        assertThat(begun).containsExactly("one");
        ends("one");
        assertThat(begun).containsExactly("one", "two");
        ends("two");
        ends("three");

        assertThat(begun).containsExactly("one", "two", "three");
        attempts.forEach(UniAssertSubscriber::awaitItem);
    }

    @Test
    void nobody_waits_for_another_name() {
        take("anna", "one");
        take("anna", "two");

        take("bert", "three");

        assertThat(begun).containsExactly("one", "three");
    }

    @Test
    void where_two_of_a_name_may_go_on_the_third_waits() {
        KeyedBulkhead two = new KeyedBulkhead(2, 2, 4);
        AtomicInteger running = new AtomicInteger();

        IntStream.range(0, 3)
                .forEach(each -> two.take("vehicle", SOON, () -> {
                            running.incrementAndGet();
                            return Uni.createFrom().nothing();
                        })
                        .subscribe()
                        .withSubscriber(new UniAssertSubscriber<>()));

        assertThat(running).hasValue(2);
    }

    @Test
    void one_too_many_of_a_name_is_a_429_at_once_and_has_no_turn() {
        Stream.of("one", "two", "three").forEach(each -> take("anna", each));

        refused(take("anna", "four"), 429, ErrorCode.TIMEOUT);

        Stream.of("one", "two", "three").forEach(this::ends);
        assertThat(begun).doesNotContain("four");
    }

    @Test
    void one_too_many_of_all_names_is_a_503_at_once() {
        Stream.of("anna", "bert").forEach(name -> Stream.of(1, 2, 3).forEach(each -> take(name, name + each)));
        take("carl", "running");

        refused(take("carl", "waiting"), 503, ErrorCode.SERVER_ERROR);
    }

    @Test
    void a_turn_that_does_not_come_before_the_deadline_is_a_503_and_its_place_is_free_again() {
        take("anna", "one");
        UniAssertSubscriber<String> late = take("anna", "late", Deadline.in(Duration.ofMillis(50)));

        refused(late, 503, ErrorCode.SERVER_ERROR);

        take("anna", "two");
        take("anna", "three");
        ends("one");
        assertThat(begun).containsExactly("one", "two");
    }

    @Test
    void an_attempt_that_fails_or_throws_makes_room_for_the_next() {
        UniAssertSubscriber<String> failing = take("anna", "failing");
        UniAssertSubscriber<Object> throwing = bulkhead.take("anna", SOON, () -> {
                    throw new IllegalStateException("thrown");
                })
                .subscribe()
                .withSubscriber(new UniAssertSubscriber<>());
        UniAssertSubscriber<String> next = take("anna", "next");

        ends.get("failing").completeExceptionally(new IllegalStateException("failed"));
        ends("next");

        failing.awaitFailure().assertFailedWith(IllegalStateException.class, "failed");
        throwing.awaitFailure().assertFailedWith(IllegalStateException.class, "thrown");
        next.awaitItem().assertItem("next");
    }

    /** Else its place would be taken while it is still under way, or never be free. */
    @Test
    void an_attempt_whose_client_has_gone_is_gone_through_with() {
        UniAssertSubscriber<String> gone = take("anna", "gone");
        take("anna", "next");

        gone.cancel();
        assertThat(begun).containsExactly("gone");
        ends("gone");

        assertThat(begun).containsExactly("gone", "next");
    }

    @Test
    void an_attempt_is_made_on_the_context_that_it_came_from() throws Exception {
        Vertx vertx = Vertx.vertx();
        Context context = vertx.getOrCreateContext();
        CompletableFuture<Context> madeOn = new CompletableFuture<>();
        take("anna", "before it");
        CompletableFuture<Void> waits = new CompletableFuture<>();

        context.runOnContext(start -> {
            bulkhead.take("anna", SOON, () -> Uni.createFrom().item(Vertx.currentContext()))
                    .subscribe()
                    .with(madeOn::complete, madeOn::completeExceptionally);
            waits.complete(null);
        });
        waits.get(10, TimeUnit.SECONDS);
        ends("before it");

        assertThat(madeOn.get(10, TimeUnit.SECONDS)).isSameAs(context);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void of_many_from_many_threads_never_two_of_a_name_are_under_way() throws Exception {
        KeyedBulkhead many = new KeyedBulkhead(1, 1_000, 1_000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Map<String, AtomicInteger> underWay = Map.of("anna", new AtomicInteger(), "bert", new AtomicInteger());
        AtomicInteger most = new AtomicInteger();

        List<CompletableFuture<Integer>> attempts = IntStream.range(0, 400)
                .mapToObj(each -> each % 2 == 0 ? "anna" : "bert")
                .map(name -> CompletableFuture.supplyAsync(
                                () -> many.take(
                                                name,
                                                SOON,
                                                () -> Uni.createFrom()
                                                        .item(() -> underWay.get(name)
                                                                .incrementAndGet())
                                                        .runSubscriptionOn(threads)
                                                        .invoke(now -> most.accumulateAndGet(now, Math::max))
                                                        .invoke(() -> underWay.get(name)
                                                                .decrementAndGet()))
                                        .subscribeAsCompletionStage(),
                                threads)
                        .thenCompose(attempt -> attempt))
                .toList();
        for (CompletableFuture<Integer> attempt : attempts) {
            attempt.get(20, TimeUnit.SECONDS);
        }

        assertThat(most).hasValue(1);
        threads.shutdown();
    }

    @Test
    void nothing_is_kept_of_a_name_that_has_ended() {
        take("anna", "one");
        take("anna", "two");
        ends("one");
        ends("two");

        assertThatThrownBy(() -> bulkhead.take(
                                "anna", SOON, () -> Uni.createFrom().failure(new IllegalStateException("x")))
                        .await()
                        .atMost(Duration.ofSeconds(5)))
                .hasMessage("x");
        assertThat(bulkhead.keys()).isEmpty();
    }
}
