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
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer.Answer;
import io.pims.authentication.ScriptedServer.Request;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An app in the background: its process stands still, the clock goes on, and the network closes what is silent. */
@Timeout(60)
class FrozenProcessTest {

    private final AtomicLong frozen = new AtomicLong();
    private final LongSupplier clock = () -> System.nanoTime() + frozen.get();
    private final Pims pims = new Pims(clock);
    private final InetAddress address = InetAddress.getLoopbackAddress();
    private final PhoneNetwork network = new PhoneNetwork(address);

    @AfterEach
    void release() {
        pims.release();
    }

    @Test
    void after_a_minute_a_call_goes_on_where_it_was() throws Exception {
        try (ScriptedService service = new ScriptedService(pending(), hang(""), succeeded())) {
            initialize(service);
            CompletionStage<Map<String, Object>> message = pims.get(SMSCODE, RESET_PIN);
            service.request();
            Request waiting = service.request();

            freezeAndCut(Duration.ofMinutes(1));

            assertThat(await(message)).containsEntry("status", "SUCCEEDED");
            assertThat(service.request().line()).isEqualTo(waiting.line());
        }
    }

    @Test
    void a_request_that_may_have_arrived_is_sent_again_under_its_key() throws Exception {
        try (ScriptedService service = new ScriptedService(hang(""), succeeded())) {
            initialize(service);
            CompletionStage<Map<String, Object>> message = pims.get(SMSCODE, RESET_PIN);
            Request first = service.request();

            freezeAndCut(Duration.ofMinutes(1));

            assertThat(await(message)).containsEntry("status", "SUCCEEDED");
            assertThat(service.request().header("Idempotency-Key")).isEqualTo(first.header("Idempotency-Key"));
        }
    }

    @Test
    void a_minute_between_two_tries_uses_no_patience_up() throws Exception {
        Answer cutAfterAMinute =
                (out, self) -> frozen.addAndGet(Duration.ofMinutes(1).toNanos());
        try (ScriptedService service = new ScriptedService(ScriptedService.raw(""), cutAfterAMinute, succeeded())) {
            initialize(service);

            assertThat(await(pims.get(SMSCODE, RESET_PIN))).containsEntry("status", "SUCCEEDED");
        }
    }

    @Test
    void a_change_that_may_have_arrived_is_not_sent_again() throws Exception {
        try (ScriptedService service = new ScriptedService(hang(""), succeeded())) {
            initialize(service);
            CompletionStage<Map<String, Object>> message = pims.set(PINCODE, NEW_PIN);
            service.request();

            freezeAndCut(Duration.ofMinutes(1));

            assertThat(code(await(message))).isEqualTo(2202);
            assertThat(service.requests()).isEmpty();
        }
    }

    @Test
    void after_ten_minutes_the_code_has_expired_and_the_call_ends() throws Exception {
        try (ScriptedService service = new ScriptedService(pending(), hang(""))) {
            initialize(service);
            CompletionStage<Map<String, Object>> message = pims.get(SMSCODE, RESET_PIN);
            service.request();
            service.request();

            frozen.addAndGet(Duration.ofMinutes(11).toNanos());

            assertThat(code(await(message))).isEqualTo(2201);
            assertThat(await(message)).containsEntry("transactionId", ScriptedService.ID);
        }
    }

    @Test
    void an_answer_that_came_meanwhile_is_read() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (ScriptedService service = new ScriptedService((out, self) -> {
            answered.await();
            succeeded().write(out, self);
        })) {
            // The timer of the answer is due when the process goes on.
            Duration due = Duration.ofMillis(500);
            pims.initialize(service.client().answerTimeout(due).build());
            CompletableFuture<Map<String, Object>> message =
                    pims.set(PINCODE, NEW_PIN).toCompletableFuture();
            service.request();

            frozen.addAndGet(Duration.ofMinutes(1).toNanos());
            Awaitility.await().during(due.plusMillis(200)).until(() -> !message.isDone());
            answered.countDown();

            assertThat(await(message)).containsEntry("status", "SUCCEEDED");
        }
    }

    @Test
    void a_call_that_waits_for_a_token_or_in_line_goes_on() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch given = new CountDownLatch(1);
        try (ScriptedService service = new ScriptedService(succeeded())) {
            pims.initialize(service.client()
                    .callsAtOnce(1)
                    .token(() -> {
                        asked.countDown();
                        return given(given);
                    })
                    .build());
            CompletionStage<Map<String, Object>> first = pims.set(PINCODE, NEW_PIN);
            CompletionStage<Map<String, Object>> inLine = pims.set(PINCODE, NEW_PIN);
            asked.await();

            frozen.addAndGet(Duration.ofMinutes(1).toNanos());
            given.countDown();

            assertThat(await(first)).containsEntry("status", "SUCCEEDED");
            assertThat(await(inLine)).containsEntry("status", "SUCCEEDED");
        }
    }

    private static String given(CountDownLatch token) {
        try {
            token.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return "token";
    }

    private void initialize(ScriptedService service) {
        pims.initialize(service.client()
                .httpClient(network.client())
                .patience(Duration.ofSeconds(20))
                .build());
    }

    private void freezeAndCut(Duration time) throws Exception {
        frozen.addAndGet(time.toNanos());
        network.lose();
        network.join(address);
    }
}
