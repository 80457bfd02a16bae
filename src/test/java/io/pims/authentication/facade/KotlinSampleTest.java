package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.TestDriver;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seed's Kotlin sample, letter by letter, and the whole story by the facade, against the running service. */
@QuarkusTest
class KotlinSampleTest {

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @TestHTTPResource("/")
    URI service;

    private final Pims pims = new Pims();

    @BeforeEach
    void empty_the_phones() {
        vonage.reset();
    }

    @AfterEach
    void release() {
        pims.release();
    }

    @Test
    void the_sample_of_the_seed_compiles_as_written_and_says_what_became_of_it(@TempDir Path folder) throws Exception {
        String asWritten = seed();
        String handled = asWritten
                .replace("\"SUCCEEDED\" -> { }", "\"SUCCEEDED\" -> { told.accept(\"SUCCEEDED\") }")
                .replace("\"FAILED\" ->    { }", "\"FAILED\" -> { told.accept(\"FAILED\") }");
        Class<?> sample = KotlinCompiler.compile(folder, """
                import io.pims.authentication.facade.Configuration
                import io.pims.authentication.facade.Pims
                import java.net.URI
                import java.time.Duration
                import java.util.function.Consumer

                fun initialize(pims: Pims, service: URI, fetchToken: () -> String) {
                    pims.initialize(Configuration.builder()
                        .service(service)
                        .token { fetchToken() }
                        .pollingBudget(Duration.ofSeconds(45))
                        .build())
                }

                fun initialize(pims: Pims, service: URI, token: String) = initialize(pims, service) { token }

                fun askForCode(pims: Pims) {
                %s}

                fun askForCode(pims: Pims, told: Consumer<String>) {
                %s}
                """.formatted(asWritten, handled), "SampleKt");
        Method initialize = sample.getMethod("initialize", Pims.class, URI.class, String.class);
        Method askForCode = sample.getMethod("askForCode", Pims.class);
        Method askForCodeAndTell = sample.getMethod("askForCode", Pims.class, Consumer.class);
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        Consumer<String> tell = told::add;
        TestDriver driver = TestDriver.withNumber(issuer);
        TestDriver other = TestDriver.withNumber(issuer);

        initialize.invoke(null, pims, service, driver.token());
        askForCode.invoke(null, pims);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !vonage.messagesTo(driver.number()).isEmpty());
        askForCodeAndTell.invoke(null, pims, tell);
        assertThat(told.poll(30, SECONDS)).as("too soon for another code").isEqualTo("FAILED");
        pims.release();
        initialize.invoke(null, pims, service, other.token());
        askForCodeAndTell.invoke(null, pims, tell);

        assertThat(told.poll(30, SECONDS)).isEqualTo("SUCCEEDED");
        assertThat(vonage.messagesTo(other.number())).hasSize(1);
    }

    @Test
    void from_a_new_account_to_a_pin_that_was_reset() throws Exception {
        TestDriver driver = TestDriver.someone(issuer);
        pims.initialize(Map.of("service", service, "token", (Supplier<String>) driver::token));

        assertThat(Messages.code(await(pims.get("pims.authentication.trustedphonenumber", Map.of()))))
                .isEqualTo(2307);
        succeeds(get("smscode", Map.of("type", "phoneNumberCertification", "phoneNumber", driver.number())));
        succeeds(set(
                "smscode",
                Map.of("action", "addPhoneNumber", "phoneNumber", driver.number(), "smsCode", code(driver))));
        assertThat(get("trustedphonenumber", Map.of())).containsEntry("result", Map.of("phoneNumber", driver.number()));
        succeeds(get("smscode", Map.of("type", "resetPIN")));
        succeeds(set("pincode", Map.of("action", "reset", "smsCode", code(driver), "pinCode", "048213")));
        succeeds(set("pincode", Map.of("action", "update", "oldPIN", "048213", "newPIN", "590274")));
        assertThat(get("account", Map.of())).containsEntry("result", Map.of("isAccountBlocked", false));

        Map<String, Object> again = set("pincode", Map.of("action", "update", "oldPIN", "590274", "newPIN", "590274"));
        assertThat(Messages.label(again)).isEqualTo("inwebo: the new password equals the previous one");
    }

    private Map<String, Object> get(String api, Map<String, ?> parameters) throws Exception {
        return await(pims.get("pims.authentication." + api, parameters));
    }

    private Map<String, Object> set(String api, Map<String, ?> parameters) throws Exception {
        return await(pims.set("pims.authentication." + api, parameters));
    }

    private static void succeeds(Map<String, Object> message) {
        assertThat(message)
                .containsOnlyKeys("transactionId", "status", "result")
                .containsEntry("status", "SUCCEEDED")
                .containsEntry("result", null);
    }

    private String code(TestDriver driver) {
        List<String> texts = vonage.messagesTo(driver.number()).stream()
                .map(message -> message.text())
                .filter(text -> text.contains("#"))
                .toList();
        String text = texts.get(texts.size() - 1);
        return text.substring(text.lastIndexOf('#') + 1);
    }

    private static String seed() throws Exception {
        try (InputStream sample = KotlinSampleTest.class.getResourceAsStream("seed.kt")) {
            return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
