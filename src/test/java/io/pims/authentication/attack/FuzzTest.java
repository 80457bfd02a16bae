package io.pims.authentication.attack;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.attack.ApiContract.Operation;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Asks each operation of the OpenAPI document for what it should take and for what it should not, and holds each answer to
 * the document. {@code -Dfuzz.seed=} asks the same again, {@code -Dfuzz.requests=} more of it.
 */
@QuarkusTest
class FuzzTest {

    private static final Logger LOG = Logger.getLogger(FuzzTest.class);
    private static final long SEED = Long.getLong("fuzz.seed", 5);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3_000);
    private static final int MOST_TOLD = 20;
    private static final int TRIES = 4;

    @TestHTTPResource
    URI service;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    FakeVonage vonage;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    private final Queue<String> differences = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    @Test
    void every_answer_is_as_the_document_says() throws Exception {
        ApiContract contract = contract();
        List<Operation> operations = contract.operations();
        RequestGenerator generator = new RequestGenerator(contract, issuer, vonage, SEED);
        LOG.infof("-Dfuzz.seed=%d -Dfuzz.requests=%d", SEED, REQUESTS);

        IntStream.range(0, REQUESTS)
                .parallel()
                .forEach(n -> ask(contract, operations.get(n % operations.size()), generator, n));

        LOG.infof("Answers: %s", new TreeMap<>(counts));
        assertThat(differences.stream().limit(MOST_TOLD).toList())
                .as("-Dfuzz.seed=%d -Dfuzz.requests=%d: %d differences", SEED, REQUESTS, differences.size())
                .isEmpty();
        assertThat(operations)
                .as("each was done at least once, and refused: %s", counts)
                .allMatch(operation -> counts.keySet().stream()
                                .anyMatch(key -> key.matches(title(operation) + " 20\\d"))
                        && counts.keySet().stream().anyMatch(key -> key.matches(title(operation) + " 4\\d\\d")));
        int unavailable = counts.entrySet().stream()
                .filter(count -> count.getKey().endsWith(" 503"))
                .mapToInt(count -> count.getValue().get())
                .sum();
        assertThat(unavailable).as("overload is not what is tried here").isLessThanOrEqualTo(REQUESTS / 20);
    }

    @Test
    void every_example_is_as_its_schema_says() throws Exception {
        ApiContract contract = contract();
        List<String> wrong = new ArrayList<>();

        for (Operation operation : contract.operations()) {
            String at = ApiContract.pointer(operation);
            examples(contract, at + "/requestBody", wrong);
            operation
                    .description()
                    .get("responses")
                    .fieldNames()
                    .forEachRemaining(status -> examples(contract, at + "/responses/" + status, wrong));
        }

        assertThat(wrong).isEmpty();
    }

    private static void examples(ApiContract contract, String at, List<String> wrong) {
        String json = at + "/content/application~1json";
        contract.at(json + "/examples")
                .forEach(example -> contract.violations(json + "/schema", example.get("value"))
                        .forEach(violation -> wrong.add(at + ": " + violation)));
    }

    private static ApiContract contract() throws IOException {
        return new ApiContract(given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    private void ask(ApiContract contract, Operation operation, RequestGenerator generator, int n) {
        RequestGenerator.Request request = generator.request(operation, n);
        HttpRequest.Builder built = HttpRequest.newBuilder(service.resolve(request.uri()))
                .timeout(Duration.ofSeconds(60))
                .method(
                        operation.method(),
                        request.body() == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body().getBytes(StandardCharsets.UTF_8)));
        request.headers().forEach(header -> built.header(header.name(), header.value()));
        HttpResponse<String> answer = answer(built.build());
        if (answer == null) {
            differences.add("no answer\n  for " + request);
            return;
        }
        int status = answer.statusCode();
        counts.computeIfAbsent(title(operation) + " " + status, key -> new AtomicInteger())
                .incrementAndGet();
        contract.differences(operation, status, answer.headers().map(), answer.body())
                .forEach(difference -> differences.add(status + " " + difference + "\n  for " + request));
        if (status >= 500
                && (status != 503 || answer.headers().firstValue("Retry-After").isEmpty())) {
            differences.add("no declared cause: " + status + " " + answer.body() + "\n  for " + request);
        }
    }

    /** The connection may be one that the service is just closing, for what came over it before. */
    private HttpResponse<String> answer(HttpRequest request) {
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                return http.send(request, BodyHandlers.ofString());
            } catch (IOException closed) {
                LOG.debug("Asking again", closed);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return null;
    }

    private static String title(Operation operation) {
        return operation.method() + " "
                + operation.path().replace("/v1/authentication/", "").replaceAll("[{}]", "");
    }
}
