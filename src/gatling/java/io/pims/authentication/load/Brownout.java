package io.pims.authentication.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The provider misbehaves for the middle third. Requests are taken as before, each ends in a final state, and those of
 * the last third succeed.
 */
public final class Brownout extends LoadTest {

    static final String BEFORE = "before";
    static final String MEANWHILE = "in the brown-out";
    static final String AFTER = "after";

    static final String ASK_BEFORE = Calls.ASK + " " + BEFORE;
    static final String ASK_MEANWHILE = Calls.ASK + " " + MEANWHILE;
    static final String ASK_AFTER = Calls.ASK + " " + AFTER;

    private static final List<String> BEHAVIOURS =
            List.of("slow", "hang", "throttle", "error", "garbage", "half", "unreachable");

    @Override
    void prepare() {
        URI sandbox = target.requireSandbox();
        double rate = Parameters.rate(20);
        Duration third = Parameters.duration(Duration.ofMinutes(1)).dividedBy(3);
        String behaviour = Parameters.text("load.behaviour").orElse("slow");
        if (!BEHAVIOURS.contains(behaviour)) {
            throw new BadParameter("load.behaviour", "one of " + String.join(", ", BEHAVIOURS));
        }
        Phase phase = new Phase(BEFORE);
        run(
                WARM_UP,
                ASK_MEANWHILE,
                arrivals(rate, third),
                List.of(Ratio.compared(ASK_MEANWHILE, ASK_BEFORE, 3), Ratio.compared(ASK_AFTER, ASK_BEFORE, 3)),
                List.of(
                        asking(drivers, calls, phase, rate, third.multipliedBy(3)),
                        provider(sandbox, phase, behaviour, third)));
    }

    static PopulationBuilder asking(Drivers drivers, Calls calls, Phase phase, double rate, Duration duration) {
        return scenario("brown-out")
                .exec(drivers.signInWithNumber())
                .exec(calls.ask(phase))
                .exec(doIfOrElse(session -> MEANWHILE.equals(session.getString("phase")))
                        .then(calls.outcome("SUCCEEDED", "FAILED"))
                        .orElse(calls.outcome("SUCCEEDED")))
                .injectOpen(arriving(rate, duration));
    }

    static PopulationBuilder provider(URI sandbox, Phase phase, String behaviour, Duration third) {
        return scenario("provider")
                .exec(pause(third))
                .exec(session -> phase.begin(MEANWHILE, session))
                .exec(behave(sandbox, behaviour))
                .exec(pause(third))
                .exec(behave(sandbox, "normal"))
                .exec(session -> phase.begin(AFTER, session))
                .injectOpen(atOnceUsers(1));
    }

    private static ChainBuilder behave(URI sandbox, String behaviour) {
        return exec(http("sandbox: provider is " + behaviour)
                .put(sandbox + "/provider")
                .body(StringBody("{\"behaviour\":\"" + behaviour + "\"}"))
                .check(status().is(200)));
    }
}
