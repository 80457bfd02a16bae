package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.NEW_PIN;
import static io.pims.authentication.facade.Messages.PINCODE;
import static io.pims.authentication.facade.Messages.RESET_PIN;
import static io.pims.authentication.facade.Messages.SMSCODE;
import static io.pims.authentication.facade.Messages.await;
import static io.pims.authentication.facade.Messages.code;
import static io.pims.authentication.facade.ScriptedService.hang;
import static io.pims.authentication.facade.ScriptedService.pending;
import static io.pims.authentication.facade.ScriptedService.succeeded;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Initialised, used from any thread, cancelled, released. */
@Timeout(60)
class LifeCycleTest {

    private final Pims pims = new Pims();
    private final BlockingQueue<Map<String, Object>> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    private final Callback callback = message -> {
        threads.add(Thread.currentThread());
        messages.add(message);
    };

    @AfterEach
    void release() {
        pims.release();
    }

    @Test
    void before_it_is_initialised_a_call_is_told_so_on_another_thread() throws Exception {
        pims.get(SMSCODE, RESET_PIN, callback);
        pims.set(PINCODE, NEW_PIN, callback);

        Map<String, Object> message = messages.poll(20, SECONDS);
        assertThat(message)
                .containsOnlyKeys("transactionId", "status", "error")
                .containsEntry("status", "FAILED")
                .containsEntry("error", Map.of("code", 2001, "label", "Facade not initialized"));
        assertThat(code(messages.poll(20, SECONDS))).isEqualTo(2001);
        assertThat(threads).doesNotContain(Thread.currentThread());
    }

    @Test
    void after_it_was_released_a_call_is_told_so() throws Exception {
        try (ScriptedService service = new ScriptedService(succeeded())) {
            pims.initialize(service.client().build());
            pims.release();

            Map<String, Object> message = await(pims.get(SMSCODE, RESET_PIN));

            assertThat(code(message)).isEqualTo(2001);
            assertThat(service.requests()).isEmpty();
        }
    }

    @Test
    void twice_initialised_it_says_so_and_stays_as_it_was() throws Exception {
        try (ScriptedService service = new ScriptedService(succeeded())) {
            pims.initialize(service.client().build());

            assertThatExceptionOfType(PimsException.class)
                    .isThrownBy(() -> pims.initialize(
                            ScriptedService.client(ScriptedService.nobody()).build()))
                    .withMessage("2007 Facade already initialized")
                    .matches(refusal -> refusal.code() == 2007)
                    .matches(refusal -> refusal.label().equals("Facade already initialized"));

            assertThat(await(pims.get(SMSCODE, RESET_PIN))).containsEntry("status", "SUCCEEDED");
        }
    }

    @Test
    void no_configuration_is_a_bad_one() {
        assertThatExceptionOfType(PimsException.class)
                .isThrownBy(() -> pims.initialize((Configuration) null))
                .matches(refusal -> refusal.code() == 2006);
    }

    @Test
    void released_it_can_be_initialised_again() throws Exception {
        try (ScriptedService service = new ScriptedService(succeeded())) {
            pims.initialize(service.client().build());
            pims.release();
            pims.release();
            pims.initialize(service.client().build());

            assertThat(await(pims.get(SMSCODE, RESET_PIN))).containsEntry("status", "SUCCEEDED");
        }
    }

    @Test
    void a_call_under_way_is_ended_by_the_release() throws Exception {
        try (ScriptedService service = new ScriptedService(pending(), hang(""))) {
            pims.initialize(service.client().build());
            pims.get(SMSCODE, RESET_PIN, callback);
            service.request();
            service.request();

            pims.release();

            Map<String, Object> message = messages.poll(20, SECONDS);
            assertThat(code(message)).isEqualTo(2001);
            assertThat(message).containsEntry("transactionId", ScriptedService.ID);
        }
    }

    @Test
    void a_callback_may_release_and_call_again() throws Exception {
        try (ScriptedService service = new ScriptedService(succeeded())) {
            pims.initialize(service.client().build());

            pims.get(SMSCODE, RESET_PIN, message -> {
                pims.release();
                pims.get(SMSCODE, RESET_PIN, callback);
            });

            assertThat(code(messages.poll(20, SECONDS))).isEqualTo(2001);
        }
    }

    @Test
    void released_it_leaves_no_thread_and_no_connection() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        CompletableFuture<Integer> connection = new CompletableFuture<>();
        ScriptedService.Line open = (out, self) -> {
            try {
                while (true) {
                    out.write(' ');
                    out.flush();
                }
            } finally {
                connection.complete(0);
            }
        };
        try (ScriptedService service = new ScriptedService(pending(), succeeded(), open)) {
            pims.initialize(service.client().build());
            await(pims.get(SMSCODE, RESET_PIN));
            pims.get(SMSCODE, RESET_PIN, callback);
            service.request();
            service.request();
            service.request();
            assertThat(started(before)).anyMatch(name -> name.contains("SelectorManager"));

            pims.release();

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(started(before)).isEmpty());
            assertThat(connection.get(20, SECONDS)).isZero();
        }
    }

    /** All that the facade, its HTTP client or the JDK on their behalf may have started; not those of other tests. */
    private static List<String> started(Set<Thread> before) {
        Predicate<String> ours =
                name -> name.matches("(pims-facade|HttpClient-|ForkJoinPool.commonPool|CompletableFutureDelay).*");
        Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
        now.removeAll(before);
        return now.stream().map(Thread::getName).filter(ours).toList();
    }

    @Test
    void callbacks_run_in_order_on_one_thread_of_the_facade() throws Exception {
        pims.initialize(ScriptedService.client(ScriptedService.nobody()).build());
        List<Thread> seen = new ArrayList<>();

        for (int call = 0; call < 5; call++) {
            pims.get("pims.unknown", Map.of(), callback);
            seen.add(threads.poll(20, SECONDS));
        }

        assertThat(new HashSet<>(seen)).hasSize(1).doesNotContain(Thread.currentThread());
        assertThat(seen.get(0).isDaemon()).isTrue();
    }

    @Test
    void callbacks_run_where_the_configuration_says() throws Exception {
        ExecutorService screen = Executors.newSingleThreadExecutor(task -> new Thread(task, "screen"));
        try (ScriptedService service = new ScriptedService(succeeded())) {
            pims.initialize(service.client().callbacks(screen).build());

            pims.get(SMSCODE, RESET_PIN, callback);
            pims.get("pims.unknown", Map.of(), callback);

            assertThat(threads.poll(20, SECONDS).getName()).isEqualTo("screen");
            assertThat(threads.poll(20, SECONDS).getName()).isEqualTo("screen");
        } finally {
            screen.shutdown();
        }
    }

    @Test
    void on_the_callers_thread_if_that_is_asked_for() throws Exception {
        Configuration.Builder client = ScriptedService.client(ScriptedService.nobody());
        pims.initialize(client.callbacks(Runnable::run).build());

        pims.get("pims.unknown", Map.of(), callback);

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void an_executor_that_takes_no_more_costs_no_callback() throws Exception {
        ExecutorService shut = Executors.newSingleThreadExecutor();
        shut.shutdown();
        pims.initialize(
                ScriptedService.client(ScriptedService.nobody()).callbacks(shut).build());

        pims.get("pims.unknown", Map.of(), callback);

        assertThat(code(messages.poll(20, SECONDS))).isEqualTo(2002);
    }

    @Test
    void a_callback_that_throws_is_called_once_and_harms_no_other() throws Exception {
        pims.initialize(ScriptedService.client(ScriptedService.nobody()).build());
        BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();

        pims.get("pims.unknown", Map.of(), message -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
            throw new IllegalStateException("the app's own");
        });
        pims.get("pims.unknown", Map.of(), callback);

        assertThat(code(messages.poll(20, SECONDS))).isEqualTo(2002);
        assertThat(uncaught).hasSize(1);
    }

    @Test
    void a_cancelled_call_calls_nobody_back_and_lets_the_connection_go() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        ScriptedService.Line open = (out, self) -> {
            try {
                while (true) {
                    out.write(' ');
                    out.flush();
                }
            } finally {
                cut.countDown();
            }
        };
        try (ScriptedService service = new ScriptedService(open, succeeded())) {
            pims.initialize(service.client().build());
            Call call = pims.get(SMSCODE, RESET_PIN, callback);
            service.request();

            assertThat(call.cancel()).isTrue();
            assertThat(call.cancel()).isFalse();

            assertThat(cut.await(20, SECONDS)).isTrue();
            await(pims.get("pims.unknown", Map.of()));
            assertThat(messages).isEmpty();
        }
    }

    @Test
    void too_late_to_cancel_is_told() throws Exception {
        Call call = pims.get(SMSCODE, RESET_PIN, callback);
        messages.poll(20, SECONDS);

        assertThat(call.cancel()).isFalse();
    }

    @Test
    void cancelling_the_stage_gives_the_call_up() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Configuration.Builder client = ScriptedService.client(ScriptedService.nobody());
        pims.initialize(client.token(() -> {
                    asked.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException givenUp) {
                        interrupted.countDown();
                    }
                    return null;
                })
                .build());
        CompletableFuture<Map<String, Object>> stage =
                pims.get(SMSCODE, RESET_PIN).toCompletableFuture();
        asked.await();

        stage.cancel(true);

        assertThat(interrupted.await(20, SECONDS)).isTrue();
    }

    @Test
    void more_calls_than_may_wait_are_told_at_once_and_those_that_wait_end_with_their_budget() throws Exception {
        try (ScriptedService service = new ScriptedService(hang(""))) {
            pims.initialize(service.client()
                    .callsAtOnce(1)
                    .pollingBudget(Duration.ofMillis(600))
                    .build());

            for (int call = 0; call < 15; call++) {
                pims.get(SMSCODE, RESET_PIN, callback);
            }

            for (int call = 0; call < 15; call++) {
                assertThat(code(messages.poll(20, SECONDS))).isEqualTo(2201);
            }
        }
    }

    @Test
    void each_of_many_calls_ends_once_also_if_it_meets_the_release() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        AtomicIntegerArray callbacks = new AtomicIntegerArray(400);
        CountDownLatch half = new CountDownLatch(200);
        try (ScriptedService service = new ScriptedService(succeeded())) {
            pims.initialize(service.client().build());

            for (int number = 0; number < 400; number++) {
                int call = number;
                callers.execute(() -> {
                    pims.get(SMSCODE, RESET_PIN, message -> {
                        callbacks.incrementAndGet(call);
                        callback.answer(message);
                    });
                    half.countDown();
                });
            }
            half.await();
            pims.release();

            for (int call = 0; call < 400; call++) {
                assertThat(messages.poll(20, SECONDS)).isNotNull();
            }
            assertThat(IntStream.range(0, 400).map(callbacks::get)).containsOnly(1);
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void a_call_is_either_cancelled_or_called_back() throws Exception {
        AtomicInteger cancelled = new AtomicInteger();
        pims.initialize(ScriptedService.client(ScriptedService.nobody())
                .patience(Duration.ZERO)
                .build());

        for (int call = 0; call < 100; call++) {
            if (pims.get(SMSCODE, RESET_PIN, callback).cancel()) {
                cancelled.incrementAndGet();
            }
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> messages.size() + cancelled.get() >= 100);
        await(pims.get("pims.unknown", Map.of()));
        assertThat(messages.size() + cancelled.get()).isEqualTo(100);
    }

    @Test
    void a_message_can_not_be_changed() throws Exception {
        Map<String, Object> message = await(pims.get(SMSCODE, RESET_PIN));

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(message::clear);
    }
}
