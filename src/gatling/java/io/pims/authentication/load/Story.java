package io.pims.authentication.load;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.ChainBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Drivers with a new account certify a number, forget the PIN, ask for a code and reset it, with times to think. */
public final class Story extends LoadTest {

    @Override
    void prepare() {
        double rate = Parameters.rate(2);
        Duration duration = Parameters.duration(Duration.ofMinutes(2));
        ChainBuilder story = story(calls, target.requireSandbox(), Parameters.thinking(1));
        run(
                WARM_UP,
                "account",
                arrivals(rate, duration),
                List.of(Ratio.tail(Calls.ASK, 40), Ratio.tail("reset", 10)),
                List.of(scenario("story").exec(drivers.signIn()).exec(story).injectOpen(arriving(rate, duration))));
    }

    static ChainBuilder story(Calls calls, URI sandbox, double thinking) {
        return exec(calls.noNumberYet())
                .exec(think(2, 6, thinking))
                .exec(calls.askToCertify())
                .exec(calls.polledOutcome())
                .exec(think(4, 12, thinking))
                .exec(calls.readSms(sandbox))
                .exec(calls.addNumber())
                .exec(think(2, 6, thinking))
                .exec(calls.ask())
                .exec(calls.outcome("SUCCEEDED"))
                .exec(think(4, 12, thinking))
                .exec(calls.readSms(sandbox))
                .exec(calls.resetPin())
                .exec(calls.account());
    }

    private static ChainBuilder think(int leastSeconds, int mostSeconds, double factor) {
        return pause(Duration.ofMillis((long) (leastSeconds * 1_000 * factor)), Duration.ofMillis((long)
                (mostSeconds * 1_000 * factor)));
    }
}
