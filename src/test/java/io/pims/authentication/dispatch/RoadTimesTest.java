package io.pims.authentication.dispatch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.Road;
import io.pims.authentication.sms.SendPermit;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsSender;
import io.pims.authentication.sms.TestConfig;
import io.pims.authentication.transaction.TransactionConfig;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoadTimesTest {

    private record Sender(Duration longestCall) implements SmsSender {

        @Override
        public Uni<SmsOutcome> send(Sms sms, SendPermit permit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean configured() {
            return true;
        }

        @Override
        public int concurrency() {
            return 8;
        }
    }

    private static void failover(String... settings) {
        failover(Duration.ZERO, settings);
    }

    private static void failover(Duration before, String... settings) {
        RoadTimes.requireFailover(
                TestConfig.of(DispatchConfig.class, settings),
                TestConfig.of(TransactionConfig.class, settings),
                before);
    }

    private static void call(Duration longest) {
        Road road = new Road("gateway", new Sender(longest), Set.of(), Optional.empty(), Map.of(), Optional.empty());
        RoadTimes.requireCallsInTime(List.of(road), TestConfig.of(DispatchConfig.class));
    }

    @Test
    void the_question_about_the_SIM_takes_of_the_same_time() {
        assertThatCode(() -> failover(Duration.ofMillis(2_100))).doesNotThrowAnyException();
        assertThatThrownBy(() -> failover(Duration.ofMillis(2_101)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("pims.dispatch.unclear-tries leaves no time for another road: 30001 ms with")
                .hasMessageContaining("pims.risk.sim-swap.timeout and one more call");
    }

    /** Three calls of 6.5 s, waits of 0.7 s and 1.2 s, and the other road's call are 27.9 s. */
    @ParameterizedTest
    @CsvSource({
        "pims.dispatch.unclear-tries, 3",
        "pims.transaction.deadline, 27900ms",
        "pims.dispatch.retry.max-retries, 2",
        "pims.dispatch.retry.max-delay, 500ms",
    })
    void another_road_has_the_time_of_a_call_after_the_unclear_tries_of_the_first(String key, String value) {
        assertThatCode(() -> failover(key, value)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "pims.dispatch.unclear-tries, 4, pims.dispatch.unclear-tries leaves no time for another road: 36600 ms with",
        "pims.transaction.deadline, 27899ms, pims.dispatch.unclear-tries leaves no time for another road",
        "pims.dispatch.attempt-timeout, 7100ms, pims.dispatch.unclear-tries leaves no time for another road",
        "pims.dispatch.retry.max-retries, 1, pims.dispatch.retry.max-retries is below pims.dispatch.unclear-tries",
    })
    void what_leaves_it_none_stops_the_start(String key, String value, String message) {
        assertThatThrownBy(() -> failover(key, value))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void a_call_may_take_as_long_as_an_attempt_and_no_longer() {
        assertThatCode(() -> call(Duration.ofMillis(6_500))).doesNotThrowAnyException();
        assertThatThrownBy(() -> call(Duration.ofMillis(6_501)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("pims.sms.routes.gateway has a connect-timeout and a read-timeout that exceed"
                        + " pims.dispatch.attempt-timeout");
    }
}
