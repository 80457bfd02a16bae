package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.RESET_PIN;
import static io.pims.authentication.facade.Messages.SMSCODE;
import static io.pims.authentication.facade.Messages.answerTo;
import static io.pims.authentication.facade.Messages.answerToNewPin;
import static io.pims.authentication.facade.Messages.await;
import static io.pims.authentication.facade.Messages.label;
import static io.pims.authentication.facade.ScriptedService.failed;
import static io.pims.authentication.facade.ScriptedService.pending;
import static io.pims.authentication.facade.ScriptedService.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.ScriptedServer.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static final Answer REFUSED = failed("401 Unauthorized", 2102, "Invalid Authorization parameter");

    private final AtomicInteger fetched = new AtomicInteger();
    private final Supplier<String> supplier = () -> "token-" + fetched.incrementAndGet();

    @Test
    void a_refused_token_is_refreshed_once() throws Exception {
        try (ScriptedService service = new ScriptedService(REFUSED, succeeded())) {
            Map<String, Object> message = answerTo(service.client().token(supplier));

            assertThat(message).containsEntry("status", "SUCCEEDED");
            assertThat(service.requests())
                    .extracting(request -> request.header("Authorization"))
                    .containsExactly("Bearer token-1", "Bearer token-2");
            assertThat(service.requests().stream()
                            .map(request -> request.header("Idempotency-Key"))
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void a_change_whose_token_was_refused_was_not_done_and_is_sent_again() throws Exception {
        try (ScriptedService service = new ScriptedService(REFUSED, succeeded())) {
            Map<String, Object> message = answerToNewPin(service.client().token(supplier));

            assertThat(message).containsEntry("status", "SUCCEEDED");
        }
    }

    @Test
    void a_token_that_is_refused_twice_is_told() throws Exception {
        try (ScriptedService service = new ScriptedService(REFUSED, REFUSED, succeeded())) {
            Map<String, Object> message = answerTo(service.client().token(supplier));

            assertThat(label(message)).isEqualTo("Invalid Authorization parameter");
            assertThat(fetched).hasValue(2);
        }
    }

    @Test
    void a_token_that_ends_while_waiting_is_refreshed() throws Exception {
        try (ScriptedService service = new ScriptedService(pending(), REFUSED, succeeded())) {
            Map<String, Object> message = answerTo(service.client().token(supplier));

            assertThat(message).containsEntry("status", "SUCCEEDED");
        }
    }

    @Test
    void a_token_that_holds_is_not_fetched_again() throws Exception {
        Pims pims = new Pims();
        try (ScriptedService service = new ScriptedService(succeeded())) {
            pims.initialize(service.client().token(supplier).build());

            await(pims.get(SMSCODE, RESET_PIN));
            await(pims.get(SMSCODE, RESET_PIN));

            assertThat(fetched).hasValue(1);
        } finally {
            pims.release();
        }
    }

    @Test
    void no_token_is_a_missing_parameter_before_any_request() throws Exception {
        try (ScriptedService service = new ScriptedService(succeeded())) {
            Map<String, Object> none = answerTo(service.client().token(() -> null));
            Map<String, Object> broken = answerTo(service.client().token(() -> {
                throw new IllegalStateException("not signed in");
            }));

            assertThat(label(none)).isEqualTo("Missing Authorization parameter");
            assertThat(label(broken)).isEqualTo("Missing Authorization parameter");
            assertThat(service.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "a\r\nCookie: b", "é", "=", "Bearer x"})
    void what_is_no_token_is_an_invalid_parameter_before_any_request(String token) throws Exception {
        try (ScriptedService service = new ScriptedService(succeeded())) {
            Map<String, Object> message = answerTo(service.client().token(() -> token));

            assertThat(label(message)).isEqualTo("Invalid Authorization parameter");
            assertThat(service.requests()).isEmpty();
        }
    }

    @Test
    void a_supplier_that_hangs_costs_no_more_than_the_budget() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (ScriptedService service = new ScriptedService(succeeded())) {
            ConfigurationBuilder client = service.client().pollingBudget(Duration.ofMillis(200));

            Map<String, Object> message = answerTo(client.token(() -> {
                try {
                    never.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                return "late";
            }));

            assertThat(Messages.code(message)).isEqualTo(2201);
        }
    }

    /** Kotlin lets any lambda throw them, and who refreshes a token asks a server for it. */
    @Test
    void a_supplier_may_throw_what_java_would_have_it_declare() throws Exception {
        try (ScriptedService service = new ScriptedService(succeeded())) {
            Map<String, Object> message = answerTo(service.client().token(() -> {
                throw Undeclared.thrown(new IOException("no network"));
            }));

            assertThat(label(message)).isEqualTo("Missing Authorization parameter");
            assertThat(service.requests()).isEmpty();
        }
    }
}
