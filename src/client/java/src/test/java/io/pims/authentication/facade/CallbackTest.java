package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.RESET_PIN;
import static io.pims.authentication.facade.Messages.SMSCODE;
import static io.pims.authentication.facade.Messages.await;
import static io.pims.authentication.facade.Messages.code;
import static io.pims.authentication.facade.ScriptedService.envelope;
import static io.pims.authentication.facade.ScriptedService.hang;
import static io.pims.authentication.facade.ScriptedService.http;
import static io.pims.authentication.facade.ScriptedService.pending;
import static io.pims.authentication.facade.ScriptedService.succeeded;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Callbacks: how often, and with what. */
@Timeout(60)
class CallbackTest {

    private final Pims pims = new Pims();
    private final RecordingCallback callback = new RecordingCallback();

    @AfterEach
    void release() {
        pims.release();
    }

    @Test
    void a_callback_that_wants_it_is_told_once_that_the_request_was_accepted() throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Callback states = new Callback() {
            @Override
            public void pending(String transactionId) {
                told.add("PENDING " + transactionId);
            }

            @Override
            public void answer(Map<String, Object> message) {
                told.add((String) message.get("status"));
                callback.answer(message);
            }
        };
        try (ScriptedService service = new ScriptedService(pending(), pending(), pending(), succeeded())) {
            pims.initialize(service.client().build());

            pims.get(SMSCODE, RESET_PIN, states);
            callback.messages.poll(20, SECONDS);

            assertThat(told).containsExactly("PENDING " + ScriptedService.ID, "SUCCEEDED");
        }
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

        assertThat(code(callback.messages.poll(20, SECONDS))).isEqualTo(2002);
        assertThat(uncaught).hasSize(1);
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
                assertThat(code(callback.messages.poll(20, SECONDS))).isEqualTo(2201);
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
                assertThat(callback.messages.poll(20, SECONDS)).isNotNull();
            }
            assertThat(IntStream.range(0, 400).map(callbacks::get)).containsOnly(1);
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void a_message_can_not_be_changed() throws Exception {
        String result = envelope("SUCCEEDED", "\"result\":{\"list\":[1]}");
        try (ScriptedService service = new ScriptedService(http("200 OK", result))) {
            pims.initialize(service.client().build());

            Map<String, Object> message = await(pims.get(SMSCODE, RESET_PIN));

            Map<?, ?> inner = (Map<?, ?>) message.get("result");
            List<?> innermost = (List<?>) inner.get("list");
            assertThat(innermost).hasSize(1);
            for (Executable change : List.<Executable>of(message::clear, inner::clear, innermost::clear)) {
                assertThrows(UnsupportedOperationException.class, change);
            }
        }
    }
}
