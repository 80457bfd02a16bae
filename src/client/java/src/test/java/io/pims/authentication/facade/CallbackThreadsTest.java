package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.RESET_PIN;
import static io.pims.authentication.facade.Messages.SMSCODE;
import static io.pims.authentication.facade.Messages.await;
import static io.pims.authentication.facade.Messages.code;
import static io.pims.authentication.facade.ScriptedService.pending;
import static io.pims.authentication.facade.ScriptedService.succeeded;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On which thread, and in which order, callbacks run. */
@Timeout(60)
class CallbackThreadsTest {

    private final Pims pims = new Pims();
    private final RecordingCallback callback = new RecordingCallback();

    @AfterEach
    void release() {
        pims.release();
    }

    @Test
    void callbacks_run_in_order_on_one_thread_of_the_facade() throws Exception {
        pims.initialize(ScriptedService.client(ScriptedService.nobody()).build());
        List<Thread> seen = new ArrayList<>();

        for (int call = 0; call < 5; call++) {
            pims.get("pims.unknown", Map.of(), callback);
            seen.add(callback.threads.poll(20, SECONDS));
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

            assertThat(callback.threads.poll(20, SECONDS).getName()).isEqualTo("screen");
            assertThat(callback.threads.poll(20, SECONDS).getName()).isEqualTo("screen");
        } finally {
            screen.shutdown();
        }
    }

    @Test
    void on_the_callers_thread_if_that_is_asked_for() throws Exception {
        ConfigurationBuilder client = ScriptedService.client(ScriptedService.nobody());
        pims.initialize(client.callbacks(Runnable::run).build());

        pims.get("pims.unknown", Map.of(), callback);

        assertThat(callback.threads).containsExactly(Thread.currentThread());
    }

    @Test
    void an_executor_that_takes_no_more_costs_no_callback() throws Exception {
        ExecutorService shut = Executors.newSingleThreadExecutor();
        shut.shutdown();
        pims.initialize(
                ScriptedService.client(ScriptedService.nobody()).callbacks(shut).build());

        pims.get("pims.unknown", Map.of(), callback);

        assertThat(code(callback.messages.poll(20, SECONDS))).isEqualTo(2002);
    }

    @Test
    void after_the_release_they_run_where_the_last_configuration_said() throws Exception {
        ExecutorService screen = Executors.newSingleThreadExecutor(task -> new Thread(task, "screen"));
        try {
            pims.initialize(ScriptedService.client(ScriptedService.nobody())
                    .callbacks(screen)
                    .build());
            pims.release();

            pims.get(SMSCODE, RESET_PIN, callback);

            assertThat(code(callback.messages.poll(20, SECONDS))).isEqualTo(2001);
            assertThat(callback.threads.poll().getName()).isEqualTo("screen");
        } finally {
            screen.shutdown();
        }
    }

    @Test
    void the_message_comes_last_also_from_an_executor_with_many_threads() throws Exception {
        ExecutorService many = Executors.newCachedThreadPool();
        CountDownLatch answered = new CountDownLatch(1);
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Callback states = new Callback() {
            @Override
            public void pending(String transactionId) {
                try {
                    answered.await(300, MILLISECONDS);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                told.add("PENDING");
            }

            @Override
            public void answer(Map<String, Object> message) {
                told.add((String) message.get("status"));
                answered.countDown();
                callback.answer(message);
            }
        };
        try (ScriptedService service = new ScriptedService(pending(), succeeded())) {
            pims.initialize(service.client().callbacks(many).build());

            pims.get(SMSCODE, RESET_PIN, states);
            callback.messages.poll(20, SECONDS);

            await().atMost(Duration.ofSeconds(20)).until(() -> told.size() == 2);
            assertThat(told).containsExactly("PENDING", "SUCCEEDED");
        } finally {
            many.shutdown();
        }
    }
}
