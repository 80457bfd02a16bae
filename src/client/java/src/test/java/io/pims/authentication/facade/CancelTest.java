package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.RESET_PIN;
import static io.pims.authentication.facade.Messages.SMSCODE;
import static io.pims.authentication.facade.Messages.await;
import static io.pims.authentication.facade.ScriptedService.hang;
import static io.pims.authentication.facade.ScriptedService.succeeded;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.ScriptedServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call given up. */
@Timeout(60)
class CancelTest {

    private final Pims pims = new Pims();
    private final BlockingQueue<Map<String, Object>> messages = new LinkedBlockingQueue<>();
    private final Callback callback = messages::add;

    @AfterEach
    void release() {
        pims.release();
    }

    @Test
    void a_cancelled_call_calls_nobody_back_and_lets_the_connection_go() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        ScriptedServer.Answer open = ScriptedService.untilClosed(cut::countDown);
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
    void the_thread_of_a_cancelled_call_does_not_wait_for_a_silent_service() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ScriptedService service = new ScriptedService(hang(""))) {
            pims.initialize(service.client().build());
            Call call = pims.get(SMSCODE, RESET_PIN, callback);
            await().atMost(Duration.ofSeconds(10)).until(() -> worker(before).anyMatch(CancelTest::reads));

            call.cancel();

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> worker(before).findAny().isEmpty());
        }
    }

    private static Stream<Thread> worker(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().matches("pims-facade-[0-9]+"));
    }

    /** Interruption is not looked at any more then. */
    private static boolean reads(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().matches("java.net.*SocketInputStream"));
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
        ConfigurationBuilder client = ScriptedService.client(ScriptedService.nobody());
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
    void cancelled_calls_leave_the_line() throws Exception {
        try (ScriptedService service = new ScriptedService(hang(""), succeeded())) {
            pims.initialize(service.client().callsAtOnce(1).build());
            Call first = pims.get(SMSCODE, RESET_PIN, callback);
            service.request();
            for (int call = 0; call < 10; call++) {
                pims.get(SMSCODE, RESET_PIN, callback).cancel();
            }

            CompletableFuture<Map<String, Object>> last =
                    pims.get(SMSCODE, RESET_PIN).toCompletableFuture();
            first.cancel();

            assertThat(last.get(20, SECONDS)).containsEntry("status", "SUCCEEDED");
        }
    }
}
