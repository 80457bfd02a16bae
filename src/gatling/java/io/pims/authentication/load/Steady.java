package io.pims.authentication.load;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import java.time.Duration;
import java.util.List;

/** Drivers ask for a code at a steady rate, independent of each other, and wait for the outcome. */
public final class Steady extends LoadTest {

    @Override
    void prepare() {
        double rate = Parameters.rate(20);
        Duration duration = Parameters.duration(Duration.ofMinutes(1));
        drivers.require(driversFor(rate, duration));
        run(
                WARM_UP,
                Calls.ASK,
                arrivals(rate, duration),
                List.of(Ratio.tail(Calls.ASK, 40)),
                List.of(scenario("steady")
                        .exec(drivers.signInWithNumber())
                        .exec(calls.ask())
                        .exec(calls.outcome("SUCCEEDED"))
                        .injectOpen(arriving(rate, duration))));
    }
}
