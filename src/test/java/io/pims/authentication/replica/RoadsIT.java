package io.pims.authentication.replica;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pims.authentication.replica.Installation.Driver;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.FreePort;
import io.pims.authentication.sandbox.ReceivedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two replicas with two roads, the first of which fails in each way that there is, and comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoadsIT {

    private static final Duration BREAKER_DELAY = Duration.ofSeconds(2);

    /** The call that tries the road again may be one that began before it was back. */
    private static final Duration LONGEST_CALL = Duration.ofMillis(3_500);

    /** A busy machine's, and the pause between two requests here. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** As {@link Installation#settings()} has it. */
    private static final int DEADLINE_S = 60;

    private final FakeVonage first = FakeVonage.start(FreePort.find());
    private final FakeVonage second = FakeVonage.start(FreePort.find());
    private Installation installation;
    private List<Replica> replicas;

    @BeforeAll
    void start() {
        installation = new Installation(RoadsIT.class);
        Map<String, String> settings = new HashMap<>(Replicas.UNLIMITED);
        settings.putAll(Installation.WITHOUT_ONLY_ROAD);
        settings.put("pims.sms.routes", "first,second");
        settings.putAll(Installation.vonageRoad("first", first.baseUri()));
        settings.putAll(Installation.vonageRoad("second", second.baseUri()));
        replicas = installation.start(2, settings);
    }

    @AfterAll
    void stop() {
        installation.close();
        first.close();
        second.close();
    }

    /** The next test begins with closed breakers. */
    @AfterEach
    void heal() {
        first.reset();
        second.reset();
        replicas.forEach(replica -> await().atMost(Duration.ofSeconds(30)).until(() -> goesByTheFirst(replica)));
        installation.execute("TRUNCATE sms_transaction");
        first.clear();
        second.clear();
    }

    @Test
    void while_the_first_road_works_nothing_goes_by_the_second() {
        List<Answer> answers = ask(40);

        awaitAllSucceeded(answers);

        assertThat(first.messages()).hasSize(40);
        assertThat(second.requestsTaken()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "THROTTLE", "BAD_CREDENTIALS", "HANG", "HALF", "ERROR"})
    void what_the_first_road_does_not_take_goes_by_the_second(Behaviour behaviour) {
        first.behave(behaviour);

        List<Answer> answers = ask(60);
        awaitAllSucceeded(answers);

        assertRepeatsOnlyWhereTheOutcomeWasUnknown();
        assertThat(sms(second).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        answers.stream().map(Answer::id).toList());
        assertItIsUsedAgain();
    }

    @Test
    void what_certainly_sent_nothing_moves_on_within_the_turn() {
        first.behave(Behaviour.THROTTLE);
        Replica replica = replicas.get(0);
        double retries = retries(replica);

        Answer answer = replica.ask(installation.driver().token()).join();
        awaitAllSucceeded(List.of(answer));

        assertThat(Attempt.byTransaction(installation).get(answer.id()))
                .containsExactly(new Attempt("first", "TRY_LATER"), new Attempt("second", "ACCEPTED"));
        assertThat(retries(replica)).as("and so without their wait").isEqualTo(retries);
    }

    @Test
    void a_refusal_of_the_number_does_not_move_on() {
        first.behave(Behaviour.REFUSE);

        Answer answer = replicas.get(0).ask(installation.driver().token()).join();
        await().until(() -> "FAILED".equals(installation.recorded().get(answer.id())));

        assertThat(second.requestsTaken()).isZero();
    }

    @Test
    void a_road_that_dies_under_load_loses_nothing_and_is_used_again_when_it_is_back() {
        List<Answer> answers = new ArrayList<>();
        for (Behaviour behaviour : List.of(Behaviour.NORMAL, Behaviour.HANG, Behaviour.UNREACHABLE)) {
            first.behave(behaviour);
            IntStream.range(0, 10).forEach(wave -> answers.addAll(ask(20)));
        }

        awaitAllSucceeded(answers);
        assertRepeatsOnlyWhereTheOutcomeWasUnknown();
        assertThat(sms(first)).isNotEmpty();
        assertThat(sms(second)).isNotEmpty();
        assertItIsUsedAgain();
    }

    private static double retries(Replica replica) {
        return replica.metrics().stream()
                .filter(line -> line.startsWith("ft_retry_retries_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private List<Answer> ask(int drivers) {
        return Replica.askInTurn(replicas, installation.drivers(drivers));
    }

    private void awaitAllSucceeded(List<Answer> answers) {
        await().atMost(Duration.ofSeconds(DEADLINE_S + 10))
                .until(() -> !installation.recorded().containsValue("PENDING"));
        assertThat(installation.recorded().keySet())
                .containsAll(answers.stream().map(Answer::id).toList());
        assertThat(installation.recorded().values()).containsOnly("SUCCEEDED");
        assertThat(installation.count("SELECT count(*) FROM sms_transaction WHERE finished_at > deadline"))
                .isZero();
    }

    private void assertRepeatsOnlyWhereTheOutcomeWasUnknown() {
        Map<UUID, List<Attempt>> attempts = Attempt.byTransaction(installation);
        Map<UUID, List<ReceivedMessage>> sms = Stream.of(first, second)
                .flatMap(provider -> provider.messages().stream())
                .collect(groupingBy(each -> UUID.fromString(each.clientRef())));
        assertThat(sms.keySet()).isEqualTo(attempts.keySet());
        sms.forEach((transaction, repeats) -> {
            List<Attempt> tried = attempts.get(transaction);
            assertThat(repeats)
                    .as("%s after %s", transaction, tried)
                    .hasSizeLessThanOrEqualTo(
                            1 + (int) tried.stream().filter(Attempt::isUnclear).count());
            assertThat(repeats.stream().map(each -> each.text().replaceFirst("(?s).*#", "")))
                    .as("the code")
                    .containsOnly(repeats.get(0).text().replaceFirst("(?s).*#", ""));
        });
        assertThat(attempts.values()).allSatisfy(tried -> {
            assertThat(tried.stream()
                            .filter(Attempt::isUnclear)
                            .filter(one -> one.road().equals("first")))
                    .hasSizeLessThanOrEqualTo(3);
            assertThat(tried.get(tried.size() - 1).outcome()).isEqualTo("ACCEPTED");
        });
    }

    /** Drivers ask each replica now and then, until one of each goes by the first road. */
    private void assertItIsUsedAgain() {
        first.reset();
        long back = System.nanoTime();
        replicas.forEach(replica -> await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(30))
                .until(() -> goesByTheFirst(replica)));
        assertThat(Duration.ofNanos(System.nanoTime() - back))
                .isLessThan(BREAKER_DELAY.plus(LONGEST_CALL).plus(SLACK));
    }

    private boolean goesByTheFirst(Replica replica) {
        Driver driver = installation.driver();
        replica.ask(driver.token(), "Prefer", "wait=10").join();
        return !first.messagesTo(driver.number()).isEmpty();
    }

    private static Map<UUID, List<ReceivedMessage>> sms(FakeVonage provider) {
        return provider.messages().stream().collect(groupingBy(each -> UUID.fromString(each.clientRef())));
    }
}
