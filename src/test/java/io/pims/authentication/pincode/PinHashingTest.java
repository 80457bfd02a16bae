package io.pims.authentication.pincode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.transaction.Deadline;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PinHashingTest {

    private static final int WORKERS = 2;
    private static final int QUEUE = 3;
    private static final Deadline SOON = Deadline.in(Duration.ofSeconds(20));

    private final CountDownLatch released = new CountDownLatch(1);
    private final PinHashing hashing = hashing(QUEUE);

    private static PinHashing hashing(int queue) {
        PinCodeConfig config = TestPeppers.config(
                TestPeppers.ONE, "pims.pincode.hash-workers", "" + WORKERS, "pims.pincode.hash-queue", "" + queue);
        return new PinHashing(new PinHash(config, new Argon2id(64, 1, 1)), config);
    }

    @AfterEach
    void close() throws InterruptedException {
        released.countDown();
        hashing.close();
    }

    private String waiting(String result) {
        try {
            released.await();
            return result;
        } catch (InterruptedException shutdown) {
            throw new IllegalStateException(shutdown);
        }
    }

    private List<UniAssertSubscriber<String>> fill(PinHashing hashing, int queue) {
        List<UniAssertSubscriber<String>> taken = new ArrayList<>();
        for (int i = 0; i < WORKERS + queue; i++) {
            String result = "result " + i;
            taken.add(hashing.run(() -> waiting(result), SOON).subscribe().withSubscriber(new UniAssertSubscriber<>()));
        }
        return taken;
    }

    @Test
    void a_pin_is_hashed_and_verified_on_a_thread_of_its_own() {
        HashedPin stored = hashing.hash("830715", SOON).await().indefinitely();

        assertThat(hashing.verify("830715", stored, SOON).await().indefinitely())
                .isTrue();
        assertThat(hashing.verify("830716", stored, SOON).await().indefinitely())
                .isFalse();
        assertThat(hashing.run(() -> Thread.currentThread().getName(), SOON)
                        .await()
                        .indefinitely())
                .startsWith("pin-hash-");
    }

    @Test
    void with_all_workers_busy_and_the_queue_full_the_next_one_is_refused_at_once_and_nothing_taken_is_lost() {
        List<UniAssertSubscriber<String>> taken = fill(hashing, QUEUE);

        hashing.run(() -> "one too many", SOON)
                .subscribe()
                .withSubscriber(new UniAssertSubscriber<>())
                .assertFailedWith(ApiException.class);

        taken.forEach(UniAssertSubscriber::assertNotTerminated);
        released.countDown();
        for (int i = 0; i < taken.size(); i++) {
            taken.get(i).awaitItem().assertItem("result " + i);
        }
    }

    @Test
    void a_refusal_is_a_503_with_2204_and_says_when_to_come_back() {
        fill(hashing, QUEUE);

        assertThatThrownBy(() -> hashing.hash("830715", SOON).await().indefinitely())
                .isInstanceOfSatisfying(ApiException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(503);
                    assertThat(refusal.code()).isEqualTo(ErrorCode.SERVER_ERROR);
                    assertThat(refusal.headers()).containsEntry("Retry-After", "1");
                });
    }

    @Test
    void without_a_queue_only_the_workers_take_work() throws InterruptedException {
        PinHashing unqueued = hashing(0);
        List<UniAssertSubscriber<String>> taken = fill(unqueued, 0);

        unqueued.run(() -> "one too many", SOON)
                .subscribe()
                .withSubscriber(new UniAssertSubscriber<>())
                .assertFailedWith(ApiException.class);

        released.countDown();
        taken.forEach(UniAssertSubscriber::awaitItem);
        unqueued.close();
    }

    @Test
    void work_whose_caller_gave_up_leaves_its_place_and_is_not_done() {
        var done = new AtomicBoolean();
        List<UniAssertSubscriber<String>> taken = fill(hashing, QUEUE - 1);
        var abandoned =
                hashing.run(() -> done.getAndSet(true), SOON).subscribe().withSubscriber(new UniAssertSubscriber<>());

        abandoned.cancel();
        var next = hashing.run(() -> "next", SOON).subscribe().withSubscriber(new UniAssertSubscriber<>());

        released.countDown();
        next.awaitItem().assertItem("next");
        taken.forEach(UniAssertSubscriber::awaitItem);
        assertThat(done).isFalse();
    }

    @Test
    void work_that_has_not_begun_at_its_deadline_is_a_503_then_and_is_not_done() {
        var done = new AtomicBoolean();
        List<UniAssertSubscriber<String>> taken = fill(hashing, 0);

        var late = hashing.run(() -> done.getAndSet(true), Deadline.in(Duration.ofMillis(50)))
                .subscribe()
                .withSubscriber(new UniAssertSubscriber<>())
                .awaitFailure();

        late.assertFailedWith(ApiException.class, ErrorCode.SERVER_ERROR.label(null));
        taken.forEach(UniAssertSubscriber::assertNotTerminated);
        released.countDown();
        taken.forEach(UniAssertSubscriber::awaitItem);
        hashing.run(() -> "after it", SOON).await().indefinitely();
        assertThat(done).isFalse();
    }

    @Test
    void work_that_has_begun_ends_also_after_its_deadline() {
        Deadline deadline = Deadline.in(Duration.ofMillis(50));
        var begun =
                hashing.run(() -> waiting("done"), deadline).subscribe().withSubscriber(new UniAssertSubscriber<>());

        await().until(deadline::isOver);
        begun.assertNotTerminated();
        released.countDown();

        begun.awaitItem().assertItem("done");
    }

    @Test
    void after_its_deadline_nothing_is_begun() {
        hashing.run(() -> "late", Deadline.in(Duration.ZERO))
                .subscribe()
                .withSubscriber(new UniAssertSubscriber<>())
                .assertFailedWith(ApiException.class);
    }

    @Test
    void a_failure_of_the_work_reaches_the_caller() {
        hashing.run(
                        () -> {
                            throw new IllegalStateException("No key with the id one");
                        },
                        SOON)
                .subscribe()
                .withSubscriber(new UniAssertSubscriber<>())
                .awaitFailure()
                .assertFailedWith(IllegalStateException.class, "No key with the id one");
    }

    @Test
    void after_the_shutdown_work_is_refused() throws InterruptedException {
        hashing.close();

        hashing.run(() -> "late", SOON)
                .subscribe()
                .withSubscriber(new UniAssertSubscriber<>())
                .assertFailedWith(ApiException.class);
    }

    @Test
    void a_shutdown_refuses_what_has_not_begun_in_time() throws InterruptedException {
        List<UniAssertSubscriber<String>> taken = fill(hashing, QUEUE);

        hashing.close();

        taken.forEach(UniAssertSubscriber::awaitFailure);
        taken.subList(WORKERS, taken.size()).forEach(queued -> queued.assertFailedWith(ApiException.class));
    }

    @Test
    void the_outcome_arrives_on_the_context_that_asked() throws Exception {
        Vertx vertx = Vertx.vertx();
        Context context = vertx.getOrCreateContext();
        var arrivedOn = new CompletableFuture<Context>();

        context.runOnContext(start -> hashing.hash("830715", SOON)
                .subscribe()
                .with(stored -> arrivedOn.complete(Vertx.currentContext()), arrivedOn::completeExceptionally));

        assertThat(arrivedOn.get(10, TimeUnit.SECONDS)).isSameAs(context);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
