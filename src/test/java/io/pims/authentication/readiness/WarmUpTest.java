package io.pims.authentication.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(4);
    private final AtomicInteger rehearsed = new AtomicInteger();
    private final Rehearsal part =
            () -> Uni.createFrom().item(rehearsed.incrementAndGet()).replaceWithVoid();

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    @Test
    void each_part_is_done_again_and_again_until_the_time_is_over() {
        AtomicInteger other = new AtomicInteger();
        long begun = System.nanoTime();
        warmUp(SHORT, part, () -> Uni.createFrom().item(other.incrementAndGet()).replaceWithVoid());

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(rehearsed).hasValueGreaterThan(10);
        assertThat(other).hasValueGreaterThan(10);
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(SHORT).until(() -> last.getAndSet(rehearsed.get()) == rehearsed.get());
    }

    @Test
    void a_part_that_hangs_delays_nothing_beyond_the_time() {
        warmUp(SHORT, () -> Uni.createFrom().nothing());
        warmUp(SHORT, () -> {
            new CompletableFuture<Void>().join();
            return Uni.createFrom().voidItem();
        });
    }

    @Test
    void what_fails_is_left_and_the_others_go_on() {
        AtomicInteger failed = new AtomicInteger();
        warmUp(
                SHORT,
                () -> {
                    failed.incrementAndGet();
                    throw new IllegalStateException("at once");
                },
                () -> {
                    failed.incrementAndGet();
                    return Uni.createFrom().failure(new IllegalStateException("later"));
                },
                part);

        assertThat(failed).hasValue(2);
        assertThat(rehearsed).hasValueGreaterThan(10);
    }

    /** As where the database goes away: nobody waits for what can't be rehearsed. */
    @Test
    void if_all_fail_there_is_nothing_to_wait_for() {
        warmUp(FOR_EVER, () -> Uni.createFrom().failure(new IllegalStateException()));
    }

    @Test
    void without_time_nothing_is_rehearsed() {
        warmUp(Duration.ZERO, part);

        assertThat(rehearsed).hasValue(0);
    }

    @Test
    void a_shutdown_ends_it() {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> next = new CompletableFuture<>();
        WarmUp warmUp = new WarmUp(
                FOR_EVER,
                List.of(() -> {
                    begun.complete(null);
                    return Uni.createFrom().voidItem();
                }),
                executor);
        warmUp.before(() -> next.complete(null));
        begun.join();
        warmUp.stop(new ShutdownEvent());

        next.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Test
    void each_part_is_told_the_end_and_one_that_fails_over_it_delays_nothing() {
        AtomicInteger ends = new AtomicInteger();
        Rehearsal fails = new Rehearsal() {
            @Override
            public Uni<Void> once() {
                return Uni.createFrom().voidItem();
            }

            @Override
            public void end() {
                ends.incrementAndGet();
                throw new IllegalStateException();
            }
        };

        warmUp(SHORT, part, fails);

        assertThat(ends).hasValue(1);
    }

    /** Returns when the next step was called. */
    private void warmUp(Duration time, Rehearsal... parts) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        new WarmUp(time, List.of(parts), executor).before(() -> next.complete(null));
        next.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
    }
}
