package io.pims.authentication.attack;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.pincode.HashedPin;
import io.pims.authentication.pincode.PinCodeConfig;
import io.pims.authentication.pincode.PinHash;
import io.pims.authentication.pincode.PinHashing;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.transaction.Deadline;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever one account does over many connections, PINs of others are verified. */
@QuarkusTest
@TestProfile(UnderAttack.class)
class AttemptFloodTest {

    private static final int CONNECTIONS = 60;
    private static final int HONEST = 40;
    private static final String PIN = "839517";

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    FakeVonage vonage;

    @Inject
    Database database;

    @Inject
    PinHash hash;

    @Inject
    PinCodeConfig config;

    @TestHTTPResource
    URI service;

    /** One connection for each request under way. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<Integer, Long> flooded = new ConcurrentHashMap<>();

    @AfterEach
    void stop() {
        over.set(true);
    }

    private Conversation somebody() {
        return new Conversation(TestDriver.someone(issuer), issuer, vonage);
    }

    private List<Conversation> driversWithAPin() {
        HashedPin stored = hash.hash(PIN);
        List<Conversation> drivers =
                IntStream.range(0, HONEST).mapToObj(each -> somebody()).toList();
        drivers.forEach(driver -> database.execute(
                "INSERT INTO pin_code (user_id, hash, pepper_id) VALUES ($1, $2, $3)",
                driver.driver().name(),
                stored.phc(),
                stored.pepperId()));
        return drivers;
    }

    /** Over so many connections at a time, one request after the other, until it is over. */
    private List<CompletableFuture<Void>> flood(HttpRequest request) {
        return IntStream.range(0, CONNECTIONS)
                .mapToObj(connection -> again(request))
                .toList();
    }

    private CompletableFuture<Void> again(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.discarding()).thenCompose(answer -> {
            flooded.merge(answer.statusCode(), 1L, Long::sum);
            return over.get() ? CompletableFuture.completedFuture(null) : again(request);
        });
    }

    private HttpRequest attempt(String kind, Conversation account) {
        String user = account.driver().name();
        JsonObject body =
                switch (kind) {
                    case "update" -> body("action", kind, "oldPIN", "164020", "newPIN", PIN);
                    case "reset" -> body("action", kind, "smsCode", "048213", "pinCode", PIN);
                    case "addPhoneNumber" ->
                        body("action", kind, "phoneNumber", account.driver().number(), "smsCode", "048213");
                    case "verification" -> body("user", user, "pinCode", "164020");
                    default -> throw new IllegalArgumentException(kind);
                };
        if (kind.equals("verification")) {
            return verification(body);
        }
        String path = kind.equals("addPhoneNumber") ? TestDriver.SMSCODE : Conversation.PINCODE;
        return request(path, account.driver().token()).PUT(publisher(body)).build();
    }

    private HttpRequest verification(JsonObject body) {
        String token = issuer.token("vehicle", Optional.of("pin-verifier"), Optional.empty());
        return request(Conversation.PINCODE + "/verification", token)
                .POST(publisher(body))
                .build();
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(service.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher publisher(JsonObject body) {
        return HttpRequest.BodyPublishers.ofString(body.encode());
    }

    private static JsonObject body(String... fields) {
        JsonObject body = new JsonObject();
        for (int field = 0; field < fields.length; field += 2) {
            body.put(fields[field], fields[field + 1]);
        }
        return body;
    }

    private List<CompletableFuture<HttpResponse<String>>> verified(List<Conversation> drivers) {
        return drivers.stream()
                .map(driver -> verification(body("user", driver.driver().name(), "pinCode", PIN)))
                .map(request -> http.sendAsync(request, BodyHandlers.ofString()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"update", "reset", "addPhoneNumber", "verification"})
    void over_sixty_connections_one_account_without_a_pin_keeps_nobody_elses_from_being_verified(String kind) {
        List<Conversation> honest = driversWithAPin();
        List<CompletableFuture<Void>> flood = flood(attempt(kind, somebody()));

        List<HttpResponse<String>> answers =
                verified(honest).stream().map(CompletableFuture::join).toList();
        over.set(true);
        flood.forEach(CompletableFuture::join);

        assertThat(answers.stream().collect(groupingBy(HttpResponse::statusCode, counting())))
                .isEqualTo(Map.of(200, (long) HONEST));
        assertThat(answers).allMatch(answer -> answer.body().contains("\"isPinCodeValid\":true"));
        assertThat(flooded).as("what the flood was answered").containsKey(429).doesNotContainKey(500);
    }

    @Test
    void attempts_of_one_driver_at_the_same_time_wait_for_each_other() {
        Conversation driver = driversWithAPin().get(0);

        List<CompletableFuture<HttpResponse<String>>> taps = verified(Collections.nCopies(4, driver));

        assertThat(taps).allMatch(tap -> tap.join().statusCode() == 200);
    }

    @Test
    void of_one_drivers_pin_one_hash_is_under_way_at_a_time_whoever_tries() {
        Watched hashing = new Watched(hash, config);
        QuarkusMock.installMockForType(hashing, PinHashing.class);
        Conversation driver = driversWithAPin().get(0);
        HttpRequest update = request(Conversation.PINCODE, driver.driver().token())
                .PUT(publisher(body("action", "update", "oldPIN", PIN, "newPIN", PIN)))
                .build();

        List<CompletableFuture<HttpResponse<String>>> tries = new ArrayList<>(verified(Collections.nCopies(4, driver)));
        for (int tap = 0; tap < 4; tap++) {
            tries.add(http.sendAsync(update, BodyHandlers.ofString()));
        }

        assertThat(tries).extracting(tried -> tried.join().statusCode()).containsOnly(200, 400);
        assertThat(hashing.begun).as("hashes").hasValue(8);
        assertThat(hashing.most).as("at a time").hasValue(1);
    }

    /** Counts the hashes that are under way, or wait for a worker. */
    private static final class Watched extends PinHashing {

        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        private Watched(PinHash hash, PinCodeConfig config) {
            super(hash, config);
        }

        @Override
        public Uni<Boolean> verify(String pin, HashedPin stored, Deadline deadline) {
            return watched(super.verify(pin, stored, deadline));
        }

        @Override
        public Uni<HashedPin> hash(String pin, Deadline deadline) {
            return watched(super.hash(pin, deadline));
        }

        private <T> Uni<T> watched(Uni<T> hash) {
            return Uni.createFrom().deferred(() -> {
                begun.incrementAndGet();
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                return hash.onTermination().invoke(underWay::decrementAndGet);
            });
        }
    }
}
