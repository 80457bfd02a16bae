package io.pims.authentication;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.receipt.SignedMessageStatus;
import io.pims.authentication.receipt.SignedReceipt;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PostgreSQL is stopped, but not gone: it takes connections and statements, and answers none of them. */
@QuarkusTest
@TestProfile(ShortPatience.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HungDatabaseTest {

    /** {@code pims.database.patience} and {@code idle-in-transaction} of {@link ShortPatience}. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** For a busy machine to send the answer, and the test to read it. */
    private static final Duration MARGIN = Duration.ofSeconds(3);

    /** More than the pool has connections. */
    private static final int AT_ONCE = 30;

    private static final String PIN = "839517";

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    FakeVonage vonage;

    @Inject
    Database database;

    @TestHTTPResource(value = "/overview", management = true)
    URL overview;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    private ServerProcesses server;
    private Conversation story;
    private String messageStatus;
    private String authorization;
    private final ExecutorService clients = Executors.newCachedThreadPool();

    /** An answer, and how long it took. */
    private record Timed(Response answer, Duration took) {}

    /** What is signed is signed before, as loading what signs takes its time too. */
    @BeforeEach
    void a_driver_has_a_pin() {
        SignedMessageStatus status = SignedMessageStatus.about(UUID.randomUUID(), "delivered");
        messageStatus = status.body();
        authorization = status.authorization();
        server = ServerProcesses.of(database.count("SELECT pg_backend_pid()::bigint"));
        story = new Conversation(TestDriver.withNumber(issuer), issuer, vonage).withPin(PIN);
    }

    @AfterEach
    void it_goes_on() {
        server.resume();
        clients.shutdownNow();
    }

    @Test
    void each_operation_is_refused_in_time_and_all_is_as_before_when_the_database_is_back() {
        server.pause();

        each().forEach(request -> refusedInTime(request.join()));
        // Once more, when it is known that nothing comes, and beside more than the pool has connections.
        Stream.concat(each().stream(), many().stream()).toList().forEach(request -> refusedInTime(request.join()));
        given().get(overview).then().statusCode(200);
        given().get(readiness).then().statusCode(200);

        server.resume();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> send(Operation.READ_ACCOUNT).statusCode() == 200);
        assertThat(many())
                .allSatisfy(request ->
                        assertThat(request.join().answer().statusCode()).isEqualTo(200));
        assertThat(story.updates(PIN, "590274").statusCode())
                .as("no try of those that were refused counts")
                .isEqualTo(200);
    }

    @Test
    void an_operation_that_is_half_done_is_refused_in_time_as_well() {
        List<CompletableFuture<Timed>> requests = IntStream.range(0, 8)
                .mapToObj(each -> new Conversation(TestDriver.withNumber(issuer), issuer, vonage).withPin(PIN))
                .map(driver -> timed(() -> driver.updates(PIN, "590274")))
                .toList();

        server.pause();

        assertThat(requests).allSatisfy(request -> {
            Timed timed = request.join();
            if (timed.answer().statusCode() != 200) {
                refusedInTime(timed);
            }
        });
    }

    /** As one of a replica that is stopped in the middle. */
    @Test
    void a_transaction_that_pauses_keeps_others_from_its_rows_for_seconds_only() {
        database.holdPin(story.driver());

        Timed update = timed(() -> story.updates(PIN, "590274")).join();

        assertThat(update.answer().statusCode()).isEqualTo(200);
        assertThat(update.took()).isLessThan(PAUSE.plus(MARGIN));
    }

    private List<CompletableFuture<Timed>> each() {
        return Stream.of(Operation.values())
                .filter(Operation::asksDatabase)
                .map(operation -> timed(() -> send(operation)))
                .toList();
    }

    private List<CompletableFuture<Timed>> many() {
        return IntStream.range(0, AT_ONCE)
                .mapToObj(each -> timed(() -> send(Operation.READ_ACCOUNT)))
                .toList();
    }

    private CompletableFuture<Timed> timed(Supplier<Response> request) {
        return CompletableFuture.supplyAsync(
                () -> {
                    long begun = System.nanoTime();
                    Response answer = request.get();
                    return new Timed(answer, Duration.ofNanos(System.nanoTime() - begun));
                },
                clients);
    }

    private void refusedInTime(Timed timed) {
        Response answer = timed.answer();
        JsonObject message = new JsonObject(answer.asString());
        assertThat(answer.statusCode()).as(message.encode()).isEqualTo(503);
        assertThat(message.getJsonObject("error").getInteger("code")).isEqualTo(2204);
        assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
        assertThat(timed.took()).isLessThan(PATIENCE.plus(MARGIN));
    }

    private Response send(Operation operation) {
        if (!operation.isByToken()) {
            return switch (operation) {
                case RECEIVE_BY_GET -> given().queryParams(receipt()).get(operation.path());
                case RECEIVE_BY_POST ->
                    given().contentType(ContentType.JSON).body(receipt()).post(operation.path());
                default ->
                    given().contentType(ContentType.JSON)
                            .header("Authorization", authorization)
                            .body(messageStatus)
                            .post(operation.path());
            };
        }
        String name = story.driver().name();
        RequestSpecification request = given().auth().oauth2(issuer.token(name, operation.role(), Optional.empty()));
        if (operation == Operation.READ_EVENTS) {
            request.queryParam("user", name);
        }
        if (operation.hasReasonInQuery()) {
            request.queryParam("reason", "Phone lost, ticket 48213");
        }
        if (!operation.body().isEmpty()) {
            JsonObject body = new JsonObject();
            operation.body().forEach(body::put);
            if (operation == Operation.VERIFY_PIN) {
                body.put("user", name);
            }
            request.contentType(ContentType.JSON).body(body.encode());
        }
        return request.request(
                operation.method(),
                operation
                        .path()
                        .replace("{transactionId}", UUID.randomUUID().toString())
                        .replace("{user}", "nobody"));
    }

    private static Map<String, String> receipt() {
        return SignedReceipt.about(UUID.randomUUID(), "delivered").signed();
    }
}
