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

import io.pims.authentication.ScriptedServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Initialised, used, released. */
@Timeout(60)
class LifeCycleTest {

    private final Pims pims = new Pims();
    private final RecordingCallback callback = new RecordingCallback();

    @AfterEach
    void release() {
        pims.release();
    }

    @Test
    void before_it_is_initialised_a_call_is_told_so_on_another_thread() throws Exception {
        pims.get(SMSCODE, RESET_PIN, callback);
        pims.set(PINCODE, NEW_PIN, callback);

        Map<String, Object> message = callback.messages.poll(20, SECONDS);
        assertThat(message)
                .containsOnlyKeys("transactionId", "status", "error")
                .containsEntry("status", "FAILED")
                .containsEntry("error", Map.of("code", 2001, "label", "Facade not initialized"));
        assertThat(code(callback.messages.poll(20, SECONDS))).isEqualTo(2001);
        assertThat(callback.threads).doesNotContain(Thread.currentThread());
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

            Map<String, Object> message = callback.messages.poll(20, SECONDS);
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

            assertThat(code(callback.messages.poll(20, SECONDS))).isEqualTo(2001);
        }
    }

    @Test
    void released_it_leaves_no_thread_and_no_connection() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        CompletableFuture<Integer> connection = new CompletableFuture<>();
        ScriptedServer.Answer open = ScriptedService.untilClosed(() -> connection.complete(0));
        try (ScriptedService service = new ScriptedService(pending(), succeeded(), open)) {
            pims.initialize(service.client().build());
            await(pims.get(SMSCODE, RESET_PIN));
            pims.get(SMSCODE, RESET_PIN, callback);
            service.request();
            service.request();
            service.request();
            assertThat(started(before)).anyMatch(name -> name.startsWith("pims-facade-timer"));

            pims.release();

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(started(before)).isEmpty());
            assertThat(connection.get(20, SECONDS)).isZero();
        }
    }

    /**
     * All that the facade, its HTTP client or the JDK on their behalf may have started; not those of other tests, nor the
     * two that OkHttp has once in a process, which end after a minute without work.
     */
    private static List<String> started(Set<Thread> before) {
        Predicate<String> ours =
                name -> name.matches("(pims-facade|OkHttp |ForkJoinPool.commonPool|CompletableFuture).*")
                        && !name.equals("OkHttp TaskRunner");
        Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
        now.removeAll(before);
        return now.stream().map(Thread::getName).filter(ours).collect(Collectors.toList());
    }
}
