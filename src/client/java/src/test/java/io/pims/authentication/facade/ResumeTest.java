package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.RESET_PIN;
import static io.pims.authentication.facade.Messages.SMSCODE;
import static io.pims.authentication.facade.Messages.answerTo;
import static io.pims.authentication.facade.Messages.await;
import static io.pims.authentication.facade.ScriptedService.ID;
import static io.pims.authentication.facade.ScriptedService.envelope;
import static io.pims.authentication.facade.ScriptedService.failed;
import static io.pims.authentication.facade.ScriptedService.pending;
import static io.pims.authentication.facade.ScriptedService.raw;
import static io.pims.authentication.facade.ScriptedService.succeeded;
import static io.pims.authentication.facade.ScriptedService.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer.Answer;
import io.pims.authentication.ScriptedServer.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Asking for a code: posted once in effect, waited for, taken up again after a lost connection. */
class ResumeTest {

    private static final String PATH = "/v1/authentication/smscode";

    @Test
    void a_code_is_asked_for_and_waited_for() throws Exception {
        try (ScriptedService service = new ScriptedService(pending(), pending(), succeeded())) {
            Map<String, Object> message = answerTo(service.client().longestWait(Duration.ofSeconds(7)));

            assertThat(message).hasToString("{transactionId=" + ID + ", status=SUCCEEDED, result=null}");
            List<Request> requests = service.requests();
            assertThat(requests)
                    .extracting(Request::line)
                    .containsExactly(
                            "POST " + PATH + " HTTP/1.1",
                            "GET " + PATH + "/" + ID + " HTTP/1.1",
                            "GET " + PATH + "/" + ID + " HTTP/1.1");
            assertThat(requests).extracting(request -> request.header("Prefer")).containsOnly("wait=7");
            assertThat(requests)
                    .extracting(request -> request.header("Authorization"))
                    .containsOnly("Bearer token");
            assertThat(requests.get(0).header("Idempotency-Key")).matches("\"[0-9a-f-]{36}\"");
            assertThat(requests.get(0).body()).isEqualTo("{\"type\":\"resetPIN\"}");
        }
    }

    @Test
    void the_service_is_never_asked_to_wait_longer_than_the_budget() throws Exception {
        try (ScriptedService service = new ScriptedService(succeeded())) {
            answerTo(service.client().pollingBudget(Duration.ofMillis(2_900)));

            assertThat(service.request().header("Prefer")).isIn("wait=2", "wait=1");
        }
    }

    @Test
    void each_call_has_a_key_of_its_own() throws Exception {
        try (ScriptedService service = new ScriptedService(succeeded())) {
            answerTo(service.client());
            answerTo(service.client());

            assertThat(service.requests())
                    .extracting(request -> request.header("Idempotency-Key"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_failure_that_is_told_while_waiting_is_the_final_message() throws Exception {
        Answer failed = failed("200 OK", 2202, "Network problem : No internet");
        try (ScriptedService service = new ScriptedService(pending(), failed)) {
            Map<String, Object> message = answerTo(service.client());

            assertThat(message).containsEntry("error", Map.of("code", 2202, "label", "Network problem : No internet"));
        }
    }

    @Test
    void a_budget_that_ends_without_a_connection_tells_of_the_network() throws Exception {
        try (ScriptedService service = new ScriptedService(pending(), raw(""))) {
            ConfigurationBuilder client = service.client().pollingBudget(Duration.ofMillis(400));

            Map<String, Object> message = answerTo(client.patience(Duration.ofMinutes(1)));

            assertThat(Messages.code(message)).isEqualTo(2202);
            assertThat(message).containsEntry("transactionId", ID);
        }
    }

    @Property(tries = 60)
    void whatever_is_cut_there_is_one_callback_one_key_and_the_outcome(
            @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 150) Integer> cuts,
            @ForAll @Size(max = 3) List<@IntRange(min = 0, max = 150) Integer> laterCuts)
            throws Exception {
        List<Answer> script = new ArrayList<>();
        cuts.forEach(bytes -> script.add(cut(text("202 Accepted", envelope("PENDING", "\"result\":null")), bytes)));
        script.add(pending());
        laterCuts.forEach(bytes -> script.add(cut(text("200 OK", envelope("SUCCEEDED", "\"result\":null")), bytes)));
        script.add(succeeded());
        Pims pims = new Pims();
        try (ScriptedService service = new ScriptedService(script.toArray(Answer[]::new))) {
            pims.initialize(service.client().patience(Duration.ofSeconds(20)).build());
            AtomicInteger callbacks = new AtomicInteger();
            CompletableFuture<Map<String, Object>> first = new CompletableFuture<>();

            pims.get(SMSCODE, RESET_PIN, message -> {
                callbacks.incrementAndGet();
                first.complete(message);
            });

            assertThat(first.get(30, TimeUnit.SECONDS)).containsEntry("status", "SUCCEEDED");
            await(pims.get("no such API", Map.of()));
            assertThat(callbacks)
                    .as("the next message came after all of the first call")
                    .hasValue(1);
            List<Request> posts = service.requests().stream()
                    .filter(request -> request.line().startsWith("POST"))
                    .collect(Collectors.toList());
            assertThat(posts).hasSize(cuts.size() + 1);
            assertThat(posts.stream()
                            .map(request -> request.header("Idempotency-Key"))
                            .distinct())
                    .hasSize(1);
        } finally {
            pims.release();
        }
    }

    private static Answer cut(String answer, int bytes) {
        return raw(answer.substring(0, bytes));
    }
}
