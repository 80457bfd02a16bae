package io.pims.authentication.attack;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.pincode.HashedPin;
import io.pims.authentication.pincode.PinHash;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever one account does over many connections, PINs of others are verified. */
@QuarkusTest
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

    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS + HONEST);
    private final AtomicBoolean over = new AtomicBoolean();
    private final Set<Integer> answered = ConcurrentHashMap.newKeySet();

    @AfterEach
    void stop() {
        over.set(true);
        threads.shutdownNow();
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

    private List<Future<?>> flood(Conversation account, Function<Conversation, Response> attempt) {
        List<Future<?>> flood = new ArrayList<>();
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            flood.add(threads.submit(() -> {
                while (!over.get()) {
                    answered.add(attempt.apply(account).statusCode());
                }
            }));
        }
        return flood;
    }

    private static Function<Conversation, Response> attempt(String kind) {
        return switch (kind) {
            case "update" -> account -> account.updates("164020", PIN);
            case "reset" -> account -> account.resets("048213", PIN);
            case "addPhoneNumber" -> account -> account.adds("+33612345678", "048213");
            case "verification" -> account -> account.verification("164020");
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"update", "reset", "addPhoneNumber", "verification"})
    void over_sixty_connections_one_account_without_a_pin_keeps_nobody_elses_from_being_verified(String kind)
            throws Exception {
        List<Conversation> honest = driversWithAPin();
        List<Future<?>> flood = flood(somebody(), attempt(kind));

        List<Future<Response>> verifications = honest.stream()
                .map(driver -> threads.submit(() -> driver.verification(PIN)))
                .toList();
        List<Response> answers = new ArrayList<>();
        for (Future<Response> verification : verifications) {
            answers.add(verification.get());
        }
        over.set(true);
        for (Future<?> connection : flood) {
            connection.get();
        }

        assertThat(answers.stream().collect(groupingBy(Response::statusCode, counting())))
                .isEqualTo(java.util.Map.of(200, (long) HONEST));
        assertThat(answers).allMatch(answer -> answer.<Boolean>path("result.isPinCodeValid"));
        assertThat(new TreeSet<>(answered))
                .as("what the flood was answered")
                .contains(429)
                .doesNotContain(500, 503);
    }

    @Test
    void attempts_of_one_driver_at_the_same_time_wait_for_each_other() throws Exception {
        Conversation driver = driversWithAPin().get(0);

        List<Future<Response>> taps = IntStream.range(0, 4)
                .mapToObj(each -> threads.submit(() -> driver.verification(PIN)))
                .toList();

        for (Future<Response> tap : taps) {
            assertThat(tap.get().statusCode()).isEqualTo(200);
        }
    }
}
