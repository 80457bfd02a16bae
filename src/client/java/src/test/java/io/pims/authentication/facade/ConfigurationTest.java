package io.pims.authentication.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    private static final Supplier<String> TOKEN = () -> "token";

    @Test
    void the_address_and_the_token_are_enough() {
        Configuration configuration = Configuration.of(Map.of("service", "https://pims.example/api", "token", TOKEN));

        assertThat(configuration)
                .usingRecursiveComparison()
                .isEqualTo(Configuration.builder()
                        .service(URI.create("https://pims.example/api"))
                        .token(TOKEN)
                        .pollingBudget(Duration.ofSeconds(60))
                        .longestWait(Duration.ofSeconds(20))
                        .patience(Duration.ofSeconds(10))
                        .connectTimeout(Duration.ofSeconds(5))
                        .answerTimeout(Duration.ofSeconds(10))
                        .pause(Duration.ofMillis(500))
                        .largestAnswer(65_536)
                        .callsAtOnce(16)
                        .callbacks(null)
                        .httpClient(null)
                        .plaintext(false)
                        .build());
    }

    @Test
    void each_setting_is_taken_as_what_it_is_and_as_text() {
        Executor screen = Runnable::run;
        OkHttpClient client = new OkHttpClient();
        Configuration built = Configuration.builder()
                .service(URI.create("http://pims"))
                .token(TOKEN)
                .pollingBudget(Duration.ofMinutes(10))
                .longestWait(Duration.ZERO)
                .patience(Duration.ZERO)
                .connectTimeout(Duration.ofMillis(10))
                .answerTimeout(Duration.ofMinutes(1))
                .pause(Duration.ofMillis(1))
                .largestAnswer(256)
                .callsAtOnce(256)
                .callbacks(screen)
                .httpClient(client)
                .plaintext(true)
                .build();

        Configuration read = Configuration.of(Map.ofEntries(
                Map.entry("service", "http://pims"),
                Map.entry("token", TOKEN),
                Map.entry("pollingBudget", "PT10M"),
                Map.entry("longestWait", "PT0S"),
                Map.entry("patience", "PT0S"),
                Map.entry("connectTimeout", "PT0.01S"),
                Map.entry("answerTimeout", "PT1M"),
                Map.entry("pause", "PT0.001S"),
                Map.entry("largestAnswer", "256"),
                Map.entry("callsAtOnce", "256"),
                Map.entry("callbacks", screen),
                Map.entry("httpClient", client),
                Map.entry("plaintext", "true")));

        assertThat(read).usingRecursiveComparison().isEqualTo(built);
        assertThat(read.httpClient()).isSameAs(client);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("service", null),
                Arguments.of("service", 8080),
                Arguments.of("service", "https://pims example"),
                Arguments.of("service", "pims.example"),
                Arguments.of("service", "ftp://pims.example"),
                Arguments.of("service", "https:///v1"),
                Arguments.of("service", "https://name:password@pims.example"),
                Arguments.of("service", "https://pims.example?x"),
                Arguments.of("service", "https://pims.example#x"),
                Arguments.of("service", "https://pims.example:99999"),
                Arguments.of("service", "http://pims.example"),
                Arguments.of("token", null),
                Arguments.of("token", "eyJhbGciOi"),
                Arguments.of("pollingBudget", "60s"),
                Arguments.of("pollingBudget", 60),
                Arguments.of("pollingBudget", "PT0.099S"),
                Arguments.of("pollingBudget", "PT10M0.001S"),
                Arguments.of("longestWait", "20"),
                Arguments.of("longestWait", "PT-1S"),
                Arguments.of("longestWait", "PT2M1S"),
                Arguments.of("patience", "long"),
                Arguments.of("patience", "PT-1S"),
                Arguments.of("patience", "PT11M"),
                Arguments.of("connectTimeout", ""),
                Arguments.of("connectTimeout", "PT0.009S"),
                Arguments.of("connectTimeout", "PT61S"),
                Arguments.of("answerTimeout", "never"),
                Arguments.of("answerTimeout", "PT0.009S"),
                Arguments.of("answerTimeout", "PT61S"),
                Arguments.of("pause", "short"),
                Arguments.of("pause", "PT0S"),
                Arguments.of("pause", "PT11S"),
                Arguments.of("largestAnswer", "64K"),
                Arguments.of("largestAnswer", 255),
                Arguments.of("largestAnswer", 1_048_577),
                Arguments.of("largestAnswer", 65_536L),
                Arguments.of("callsAtOnce", "many"),
                Arguments.of("callsAtOnce", 0),
                Arguments.of("callsAtOnce", 257),
                Arguments.of("callbacks", "screen"),
                Arguments.of("httpClient", "okhttp"),
                Arguments.of("plaintext", "yes"),
                Arguments.of("plaintext", 1),
                Arguments.of("serivce", "https://pims.example"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void a_malformed_setting_is_named_and_its_value_kept_quiet(String name, Object value) {
        Map<String, Object> settings = new HashMap<>(Map.of("service", "https://pims.example", "token", TOKEN));
        settings.put(name, value);

        assertThatExceptionOfType(PimsException.class)
                .isThrownBy(() -> new Pims().initialize(settings))
                .withMessageStartingWith("2006 Core not well configured: ")
                .withMessageContaining(name)
                .matches(refusal -> refusal.code() == 2006)
                .matches(refusal -> !refusal.getMessage().contains("password"))
                .matches(refusal -> refusal.getMessage().indexOf("eyJ") < 0);
    }

    @Test
    void each_setting_is_tried_with_a_malformed_value() {
        Set<Object> tried = malformed().map(arguments -> arguments.get()[0]).collect(Collectors.toSet());

        assertThat(tried)
                .containsAll(Arrays.stream(ConfigurationBuilder.class.getMethods())
                        .filter(method -> method.getReturnType() == ConfigurationBuilder.class)
                        .map(method -> method.getName())
                        .collect(Collectors.toList()));
    }

    @Test
    void a_facade_that_was_not_configured_is_not_initialised() throws Exception {
        Pims pims = new Pims();

        assertThatExceptionOfType(PimsException.class).isThrownBy(() -> pims.initialize(Map.of()));

        assertThat(Messages.code(Messages.await(pims.get(Messages.SMSCODE, Messages.RESET_PIN))))
                .isEqualTo(2001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080/", "HTTPS://pims.example"})
    void plain_http_is_for_this_host(String service) {
        Configuration configuration = Configuration.of(Map.of("service", service, "token", TOKEN));

        assertThat(configuration.service()).hasToString(service);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "/, ''", "/pims, /pims", "/pims/, /pims"})
    void a_path_of_the_service_goes_before_the_apis(String given, String sent) throws Exception {
        try (ScriptedService service = new ScriptedService(ScriptedService.succeeded())) {
            Messages.answerTo(ScriptedService.client(URI.create(service.uri() + given)));

            assertThat(service.request().line()).isEqualTo("POST " + sent + "/v1/authentication/smscode HTTP/1.1");
        }
    }
}
