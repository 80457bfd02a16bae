package io.pims.authentication.load;

import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A few drivers of each simulation, for CI to see that service and load tests still go with each other. */
public final class Smoke extends LoadTest {

    private static final double RATE = 10;
    private static final Duration THIRD = Duration.ofSeconds(3);
    private static final int BURST = 100;
    private static final int STORIES = 3;

    @Override
    void prepare() {
        URI sandbox = target.requireSandbox();
        Phase phase = new Phase(Brownout.BEFORE);
        Burst.SignedIn signedIn = new Burst.SignedIn(new ConcurrentLinkedQueue<>());
        run(
                arriving(20, Duration.ofSeconds(5)),
                Calls.ASK,
                BURST + STORIES,
                // Wide, for a JVM that is still cold, few requests, and whatever else CI does.
                List.of(Ratio.tail(Calls.ASK, 20), Ratio.compared(Brownout.ASK_MEANWHILE, Brownout.ASK_BEFORE, 20)),
                List.of(
                        Burst.signIn(drivers, signedIn, BURST),
                        scenario("story")
                                .exec(drivers.signIn())
                                .exec(Story.story(calls, sandbox, 0))
                                .injectOpen(rampUsers(STORIES).during(3))),
                List.of(Burst.askAtOnce(calls, signedIn, BURST)),
                List.of(
                        Brownout.asking(drivers, calls, phase, RATE, THIRD.multipliedBy(3)),
                        Brownout.provider(sandbox, phase, "error", THIRD)));
    }
}
