package io.pims.authentication.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import java.time.Duration;
import java.util.List;

/** Steady arrivals for long: the last quarter is as quick as the first. */
public final class Soak extends LoadTest {

    private static final String FIRST = "in the first quarter";
    private static final String BETWEEN = "in between";
    private static final String LAST = "in the last quarter";

    @Override
    void prepare() {
        double rate = Parameters.rate(10);
        Duration duration = Parameters.duration(Duration.ofMinutes(30));
        Duration quarter = duration.dividedBy(4);
        drivers.require(driversFor(rate, duration));
        Phase phase = new Phase(FIRST);
        run(
                WARM_UP,
                Calls.OUTCOME,
                arrivals(rate, duration),
                List.of(Ratio.compared(Calls.ASK + " " + LAST, Calls.ASK + " " + FIRST, 2)),
                List.of(
                        scenario("soak")
                                .exec(drivers.signInWithNumber())
                                .exec(calls.ask(phase))
                                .exec(calls.outcome("SUCCEEDED"))
                                .injectOpen(arriving(rate, duration)),
                        scenario("clock")
                                .exec(pause(quarter))
                                .exec(session -> phase.begin(BETWEEN, session))
                                .exec(pause(quarter.multipliedBy(2)))
                                .exec(session -> phase.begin(LAST, session))
                                .injectOpen(atOnceUsers(1))));
    }
}
