package io.pims.authentication.monitoring;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.pims.authentication.Conversation;
import io.pims.authentication.TestDriver;
import io.pims.authentication.documentation.Page;
import io.pims.authentication.receipt.SignedReceipt;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service tells Prometheus after a story with its mishaps, and what dashboard and alerts make of it. */
@QuarkusTest
class MetricsTest {

    private static final Path ALERTS = Path.of("k8s", "overlays", "production", "alerts.yaml");
    private static final Path SCALING = Path.of("k8s", "overlays", "production", "availability.yaml");
    private static final Path DASHBOARD = Path.of("k8s", "overlays", "production", "dashboard.json");

    /** The words of PromQL that are no metric, our labels, and the durations. */
    private static final Pattern METRIC = Pattern.compile("\\b(?:pims|ft|http|jvm|process|sql)_[a-z0-9_]+");

    private static final Pattern OURS = Pattern.compile("\\bpims_[a-z_]+");

    private static final Pattern RECORDED = Pattern.compile("\\bpims:[a-z0-9_:]+");

    /** By the label, all that it may say in a meter of ours or of what serves our requests. */
    private static final Map<String, Predicate<String>> LABELS = Map.ofEntries(
            Map.entry("code", matching("none|2[0-9]{3}")),
            Map.entry("operation", matching("account|drivers|events|pincode|receipt|smscode|trustedphonenumber|other")),
            Map.entry("outcome", matching("[a-zA-Z_-]{1,20}")),
            Map.entry("state", matching("waiting|leased")),
            Map.entry("road", matching("[a-z][a-z0-9]{0,15}")),
            Map.entry("limit", matching("(total|country|prefix)-(hour|day)|[a-z-]+-[0-9]+s(-[A-Za-z]+)?")),
            Map.entry("mode", matching("record|enforce")),
            Map.entry("reason", matching("age|number")),
            Map.entry("use", matching("[a-z]{1,20}")),
            Map.entry("key", matching("[A-Za-z0-9._-]{1,32}")),
            Map.entry("span", matching("hour|day")),
            Map.entry("type", matching("resetPIN|phoneNumberCertification")),
            Map.entry("what", matching("support\\.[A-Za-z]+")),
            Map.entry("verdict", matching("right|wrong|none|expired|exhausted")),
            Map.entry("result", matching("[a-z-]{1,20}")),
            Map.entry("country", matching("[A-Z]{2}|other|unknown")),
            Map.entry("status", matching("submitted|expired|failed|rejected|delivered|[1-5][0-9]{2}|RESET")),
            // Of what is thrown: a class there is in the service or its libraries.
            Map.entry("class", matching("[a-z]+(\\.[A-Za-z0-9_$]+)+")),
            Map.entry("method", matching("GET|PUT|POST|DELETE|HEAD|OPTIONS|PATCH|UNKNOWN|OTHER")),
            Map.entry("uri", matching("/v1/authentication/[a-z]+(/[a-zA-Z{}]+)*|NOT_FOUND|REDIRECTION|UNKNOWN|root")),
            Map.entry("url.scheme", matching("https?")),
            Map.entry("exception", matching("none|[A-Za-z]+")));

    /** What SmallRye Fault Tolerance says of its guards, of which there are two. */
    private static final Predicate<String> OF_A_GUARD = matching("[A-Za-z-]{1,25}|[0-9]");

    @Inject
    MeterRegistry registry;

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @TestHTTPResource
    URI service;

    @BeforeEach
    @AfterEach
    void as_usual() {
        vonage.reset();
    }

    private static Predicate<String> matching(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    private String scrape() {
        return given().accept("text/plain")
                .get(metrics)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** A code is asked for, guessed wrong and right, spent and told of; limits, numbers and strangers are met. */
    private Conversation story() throws IOException {
        vonage.behave(new ProviderSettings(Behaviour.NORMAL, 0, false));
        Conversation conversation = new Conversation(TestDriver.withNumber(issuer), issuer, vonage);
        TestDriver driver = conversation.driver();
        String transaction = driver.asksForCodeAndWaits(15).path("transactionId");
        driver.asksForCode().then().statusCode(429);
        String code = conversation.codeAt(driver.number());
        conversation.resets(code.equals("111111") ? "222222" : "111111", "590274");
        conversation.resets(code, "590274").then().statusCode(200);
        given().queryParams(SignedReceipt.about(UUID.fromString(transaction), "delivered")
                        .with("msisdn", driver.number().substring(1))
                        .signed())
                .get(Conversation.RECEIPT)
                .then()
                .statusCode(200);
        given().queryParam("msisdn", driver.number().substring(1))
                .get(Conversation.RECEIPT)
                .then()
                .statusCode(401);
        driver.request().get("/v1/authentication/" + driver.number()).then().statusCode(404);
        driver.request().get(TestDriver.SMSCODE + "/" + driver.number()).then().statusCode(404);
        given().contentType(ContentType.JSON)
                .body("{}")
                .put(TestDriver.SMSCODE)
                .then()
                .statusCode(401);
        strangeMethod(driver.number());
        return conversation;
    }

    private void strangeMethod(String word) throws IOException {
        ask("X" + word.substring(1) + " /v1/authentication/smscode HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }

    private String ask(String request) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void no_label_has_a_value_that_somebody_else_makes_up() throws IOException {
        TestDriver driver = story().driver();
        // Refused before its operation is known, by each part of the service that refuses.
        given().delete("/v1/authentication/drivers/" + driver.name()).then().statusCode(405);
        given().get("/v1/authentication/drivers/" + driver.name()).then().statusCode(401);
        given().get("/api/v1/authentication/drivers/" + driver.name()).then().statusCode(404);
        for (String path :
                List.of("/v1/" + driver.name(), "/v1;x/drivers/" + driver.name(), "/v1/%20" + driver.name())) {
            assertThat(ask("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n"))
                    .startsWith("HTTP/1.1 4");
        }

        List<String> strange = new ArrayList<>();
        for (Meter meter : registry.getMeters()) {
            for (Tag tag : meter.getId().getTags()) {
                String text = meter.getId().getName() + "{" + tag.getKey() + "=" + tag.getValue() + "}";
                boolean ours = meter.getId().getName().matches("(pims|http\\.server)\\..*");
                boolean ofAGuard = meter.getId().getName().startsWith("ft.");
                Predicate<String> listed = ofAGuard ? OF_A_GUARD : LABELS.getOrDefault(tag.getKey(), value -> false);
                if ((ours || ofAGuard) && !listed.test(tag.getValue())) {
                    strange.add(text);
                }
                assertThat(text).doesNotContain(driver.number().substring(3), driver.name());
            }
        }

        assertThat(strange).isEmpty();
        assertThat(registry.getMeters())
                .as("five for each of some forty countries and fourteen for each operation are there from the start on")
                .hasSizeLessThan(900);
    }

    @Test
    void the_story_is_in_the_numbers() throws IOException {
        double spent = registry.get("pims.smscode.spent")
                .tag("type", "resetPIN")
                .counter()
                .count();

        story();

        assertThat(registry.get("pims.smscode.spent")
                        .tag("type", "resetPIN")
                        .counter()
                        .count())
                .isEqualTo(spent + 1);
        await().untilAsserted(() -> assertThat(scrape().lines())
                .anyMatch(line -> line.startsWith("pims_requests_total{code=\"none\",operation=\"smscode\""))
                .anyMatch(line -> line.startsWith("pims_requests_total{code=\"2201\",operation=\"smscode\""))
                .anyMatch(line -> line.startsWith("pims_sms_accepted_to_sent_seconds_bucket{le=\"5.0\""))
                .anyMatch(line ->
                        line.startsWith("pims_sms_call_seconds_bucket{outcome=\"accepted\",road=\"vonage\",le=\"0.5\""))
                .anyMatch(line -> line.startsWith("pims_transactions_total{code=\"none\",outcome=\"accepted\""))
                .anyMatch(line -> line.startsWith("pims_smscode_guesses_total{type=\"resetPIN\",verdict=\"wrong\""))
                .anyMatch(line -> line.startsWith("pims_ratelimit_refusals_total{limit=\"user-type-30s-resetPIN\""))
                .anyMatch(line -> line.startsWith(
                        "pims_sms_deliveries_total{country=\"FR\",road=\"vonage\",status=\"delivered\""))
                .anyMatch(line -> line.startsWith("pims_queue_oldest_age_seconds{state=\"waiting\""))
                .anyMatch(line -> line.startsWith("ft_circuitbreaker_state_current{")
                        && line.contains("state=\"open\"")
                        && line.contains("method=\"sms-call\"")));
    }

    private Set<String> exposed() {
        return scrape().lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]")[0])
                .collect(toSet());
    }

    @Test
    void every_metric_of_dashboard_alerts_and_scaling_is_one_of_the_services() throws IOException {
        story();
        String alerts = Files.readString(ALERTS);
        Set<String> used = found(METRIC, alerts);
        used.addAll(found(METRIC, Files.readString(DASHBOARD)));
        used.addAll(found(METRIC, Files.readString(SCALING)));

        assertThat(used).hasSizeGreaterThan(20);
        // Some are counted in the database now and then, the first time seconds after the start.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(exposed()).containsAll(used));
        Set<String> recorded = new JsonOfYaml(ALERTS).texts("record");
        assertThat(found(RECORDED, alerts)).isEqualTo(recorded);
    }

    @Test
    void the_page_has_every_metric_of_the_service_and_no_other() throws IOException {
        story();
        Set<String> exposed = scrape().lines()
                .filter(line -> line.startsWith("# TYPE pims_"))
                .map(line -> line.split(" ")[2])
                // Beside each histogram, by Micrometer.
                .filter(name -> !name.endsWith("_seconds_max"))
                .collect(toSet());

        Set<String> told = found(OURS, Page.RUN.text());

        assertThat(told).containsAll(exposed);
        // A counter that nothing has counted yet is not exposed.
        told.removeAll(exposed);
        String sources = sources();
        assertThat(told).allSatisfy(name -> assertThat(sources).contains('"' + meter(name) + '"'));
    }

    /** {@code pims.budget.overruns} is {@code pims_budget_overruns_total} to Prometheus. */
    private static String meter(String metric) {
        return metric.replaceAll("_(bucket|count|sum)$", "")
                .replaceAll("_(total|seconds)$", "")
                .replace('_', '.');
    }

    private static String sources() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.append(Files.readString(file));
            }
        }
        return sources.toString();
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(toSet());
    }

    private record JsonOfYaml(JsonNode root) {

        JsonOfYaml(Path file) throws IOException {
            this(new ObjectMapper(new YAMLFactory()).readTree(file.toFile()));
        }

        Set<String> texts(String field) {
            return new TreeSet<>(root.findValuesAsText(field));
        }
    }
}
