package io.pims.authentication.replica;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.ProviderSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two replicas over one database answer as one. */
class TwoReplicasIT {

    /** Requests to each of the replicas in turn, all at once. */
    private static List<CompletableFuture<Answer>> inTurn(
            List<Replica> replicas, int count, Driver driver, String... headers) {
        return IntStream.range(0, count)
                .mapToObj(each -> replicas.get(each % replicas.size()).ask(driver.token(), headers))
                .toList();
    }

    /** One SMS for each request that was accepted, and none else to this driver. */
    private static void assertOneSmsEach(Installation installation, Driver driver, List<Answer> accepted) {
        await().until(() -> accepted.stream()
                .allMatch(answer -> "SUCCEEDED".equals(installation.recorded().get(answer.id()))));
        assertThat(installation.vonage().messagesTo(driver.number()))
                .extracting(sms -> sms.clientRef())
                .containsExactlyInAnyOrderElementsOf(
                        accepted.stream().map(answer -> answer.id().toString()).toList());
    }

    private static List<Answer> accepted(List<Answer> answers) {
        return answers.stream().filter(Answer::isAccepted).toList();
    }

    private static void assertRefused(List<Answer> answers, int count, String policy) {
        assertThat(answers.stream().filter(answer -> !answer.isAccepted()))
                .hasSize(count)
                .allSatisfy(refusal -> {
                    assertThat(refusal.status()).isEqualTo(429);
                    assertThat(refusal.code()).isEqualTo(2201);
                    assertThat(refusal.header("Retry-After")).matches("[1-9]\\d*");
                    assertThat(refusal.header("RateLimit")).matches("\"" + policy + "[^\"]*\";r=0;t=[1-9]\\d*");
                    assertThat(refusal.header("RateLimit-Policy")).matches("\"" + policy + "[^\"]*\";q=\\d+;w=\\d+");
                });
    }

    @Nested
    class With_a_provider_that_takes_20_a_second {

        @Test
        void both_replicas_together_keep_to_it() {
            try (Installation installation = new Installation(TwoReplicasIT.class)) {
                Map<String, String> settings = Map.of("pims.dispatch.sends-per-second", "20");
                List<Replica> replicas = List.of(installation.launch(settings), installation.launch(settings));
                replicas.forEach(Replica::awaitReady);
                List<Driver> drivers =
                        Stream.generate(installation::driver).limit(80).toList();

                List<Answer> answers = Replica.all(IntStream.range(0, 80)
                        .mapToObj(index ->
                                replicas.get(index % 2).ask(drivers.get(index).token()))
                        .toList());

                assertThat(accepted(answers)).hasSize(80);
                await().until(() -> answers.stream()
                        .allMatch(answer ->
                                "SUCCEEDED".equals(installation.recorded().get(answer.id()))));
                List<Instant> times = drivers.stream()
                        .flatMap(driver -> installation.vonage().messagesTo(driver.number()).stream())
                        .map(sms -> sms.receivedAt())
                        .sorted()
                        .toList();
                // 80 calls are 79 intervals of 50 ms; what a busy machine makes late can follow each other closer.
                assertThat(times).hasSize(80);
                assertThat(Duration.between(times.get(0), times.get(79))).isGreaterThan(Duration.ofMillis(3_500));
            }
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class With_the_usual_limits {

        private static final String LOGGED =
                "it_logged_" + ProcessHandle.current().pid();

        private Installation installation;
        private List<Replica> replicas;

        @BeforeAll
        void start() {
            installation = new Installation(TwoReplicasIT.class);
            Replica a = installation.launch(Map.of());
            // PostgreSQL writes down what B asks it, and only that.
            installation.execute("CREATE ROLE " + LOGGED + " SUPERUSER LOGIN");
            installation.execute("ALTER ROLE " + LOGGED + " SET log_statement = 'all'");
            Replica b = installation.launch(Map.of("quarkus.datasource.username", LOGGED));
            replicas = List.of(a.awaitReady(), b.awaitReady());
        }

        @AfterAll
        void stop() {
            installation.close();
            try (Installation other = new Installation(TwoReplicasIT.class)) {
                other.execute("DROP ROLE " + LOGGED);
            }
        }

        @AfterEach
        void calm() {
            installation.vonage().reset();
        }

        @Test
        void of_200_requests_of_one_user_at_once_exactly_one_is_accepted() {
            Driver driver = installation.driver();

            List<Answer> answers = Replica.all(inTurn(replicas, 200, driver));

            assertThat(accepted(answers)).hasSize(1);
            assertRefused(answers, 199, "user-type-30s-resetPIN");
            assertOneSmsEach(installation, driver, accepted(answers));
        }

        @Test
        void of_100_strangers_at_both_replicas_at_once_two_reach_the_number_and_its_owner_can_reset() {
            Driver owner = installation.driver();
            List<Driver> strangers =
                    Stream.generate(installation::newDriver).limit(100).toList();
            JsonObject certification =
                    new JsonObject().put("type", "phoneNumberCertification").put("phoneNumber", owner.number());

            List<Answer> answers = Replica.all(IntStream.range(0, 100)
                    .mapToObj(each -> replicas.get(each % 2)
                            .send("POST", Replica.SMSCODE, strangers.get(each).token(), certification))
                    .toList());
            Answer reset = replicas.get(0).ask(owner.token()).join();

            assertThat(accepted(answers)).hasSize(2);
            assertRefused(answers, 98, "certification-3600s");
            assertThat(answers.stream()
                            .filter(answer -> !answer.isAccepted())
                            .map(answer -> answer.header("RateLimit")))
                    .as("the same for all")
                    .containsOnly("\"certification-3600s\";r=0;t=1800");
            assertThat(reset.status()).isEqualTo(202);
        }

        @Test
        void one_idempotency_key_at_both_replicas_at_once_is_one_transaction_and_one_SMS() {
            Driver driver = installation.driver();

            List<Answer> answers = Replica.all(inTurn(replicas, 50, driver, "Idempotency-Key", "\"tapped-once\""));

            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 202));
            assertThat(answers.stream().map(Answer::id).collect(toSet())).hasSize(1);
            assertOneSmsEach(installation, driver, List.of(answers.get(0)));
        }

        @Test
        void who_waits_at_one_replica_is_woken_when_the_other_one_finishes_and_costs_no_queries() throws IOException {
            int waiters = 20;
            Driver driver = installation.driver();
            // Opens the connections beforehand.
            inTurn(replicas, 2 * waiters, installation.driver()).forEach(CompletableFuture::join);
            installation.vonage().behave(new ProviderSettings(Behaviour.NORMAL, 1_500, true));

            Answer accepted = replicas.get(0).ask(driver.token()).join();
            long queriesBefore = queriesOfB();
            CompletableFuture<Answer> atA = replicas.get(0).get(driver.token(), accepted, "Prefer", "wait=20");
            List<Answer> atB = Replica.all(
                    Stream.generate(() -> replicas.get(1).get(driver.token(), accepted, "Prefer", "wait=20"))
                            .limit(waiters)
                            .toList());
            long queries = queriesOfB() - queriesBefore;

            assertThat(accepted.isAccepted()).isTrue();
            assertThat(atB).allSatisfy(answer -> {
                assertThat(answer.state()).isEqualTo("SUCCEEDED");
                assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
                assertThat(Duration.ofNanos(answer.nanoTime() - atA.join().nanoTime()))
                        .isLessThan(Duration.ofSeconds(2));
            });
            // Each waiter looks twice, before and after it registers. The rescuer and the leases take one a second.
            assertThat(queries).isBetween(2L * waiters, 2L * waiters + 15);
        }

        /**
         * Statements in the server's log; all databases share it, but nobody else has the setting. A new connection's own
         * setting comes once for each connection, of which there may be one more or less, and not for each waiter.
         */
        private long queriesOfB() throws IOException {
            try (Stream<String> lines = Files.lines(Installation.SERVER_FOLDER.resolve("database.log"))) {
                return lines.filter(line -> line.contains("LOG:  execute ") || line.contains("LOG:  statement: "))
                        .filter(line -> !line.contains("statement: SET statement_timeout = "))
                        .count();
            }
        }
    }

    @Test
    void without_the_limit_for_each_type_the_one_for_the_hour_holds_across_replicas() {
        try (Installation installation = new Installation(TwoReplicasIT.class)) {
            List<Replica> replicas = installation.start(2, Map.of("pims.ratelimit.user-and-type", ""));
            Driver driver = installation.driver();

            List<Answer> answers = Replica.all(inTurn(replicas, 200, driver));

            assertThat(accepted(answers)).hasSize(5);
            assertRefused(answers, 195, "(user|number)-3600s");
            assertOneSmsEach(installation, driver, accepted(answers));
            assertThat(installation.vonage().messagesTo(driver.number()).stream()
                            .collect(groupingBy(
                                    sms -> sms.text().substring(sms.text().lastIndexOf('#')))))
                    .as("while a code lives it is sent again")
                    .hasSize(1);
        }
    }

    @Test
    void the_limit_of_the_service_is_never_exceeded_and_nearly_all_of_it_can_be_used() {
        try (Installation installation = new Installation(TwoReplicasIT.class)) {
            // An hour, so that nothing grows back meanwhile.
            List<Replica> replicas = installation.start(2, Map.of("pims.ratelimit.service", "40/1h"));
            List<CompletableFuture<Answer>> asked = new ArrayList<>();
            List<Driver> drivers = installation.drivers(100);
            for (int i = 0; i < drivers.size(); i++) {
                asked.add(replicas.get(i % 2).ask(drivers.get(i).token()));
            }

            List<Answer> answers = Replica.all(asked);

            assertThat(accepted(answers)).hasSizeBetween(36, 40);
            assertRefused(answers, 100 - accepted(answers).size(), "service-3600s");
            await().until(() ->
                    installation.vonage().messages().size() >= accepted(answers).size());
            assertThat(installation.vonage().messages())
                    .hasSize(accepted(answers).size());
        }
    }
}
