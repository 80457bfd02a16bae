package io.pims.authentication.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A simulation against a {@link Target}. Virtual users arrive in an open model: as many as come, however slow the service
 * is. It passes if nothing failed and the {@link Ratio}s hold.
 */
abstract class LoadTest extends Simulation {

    /** About what it takes until the JVM under load has compiled what it needs. */
    static final OpenInjectionStep WARM_UP = arriving(50, Duration.ofSeconds(20));

    final Target target;
    final Drivers drivers;
    final Calls calls;

    private final ResponseTimes times = new ResponseTimes();
    private final AtomicLong warmedUp = new AtomicLong();

    LoadTest() {
        try {
            target = Target.fromParameters();
            drivers = new Drivers(target);
            calls = new Calls(times);
            prepare();
        } catch (BadParameter e) {
            // Thrown on, it would be told with fifty lines of a stack that nobody needs.
            System.err.println(e.getMessage());
            System.exit(2);
            throw e;
        }
    }

    /** Reads the parameters and calls {@link #run}. */
    abstract void prepare();

    /**
     * Sets the simulation up.
     *
     * @param warmUp drivers who come before and are not in the report; none do where each costs a real SMS
     * @param expected how many requests of the name {@code request} there should be; those that arrive at random may be
     *     five standard deviations fewer
     * @param populations what is measured, one after the other
     */
    @SafeVarargs
    final void run(
            OpenInjectionStep warmUp,
            String request,
            long expected,
            List<Ratio> ratios,
            List<PopulationBuilder>... populations) {
        PopulationBuilder all = scenario("warm-up")
                .exec(drivers.signInWithNumber())
                .exec(calls.unreported())
                .exec(session -> {
                    warmedUp.incrementAndGet();
                    return session;
                })
                .injectOpen(target.sandbox().isPresent() ? warmUp : nothingFor(Duration.ofSeconds(1)));
        for (List<PopulationBuilder> next : populations) {
            all = all.andThen(next.toArray(PopulationBuilder[]::new));
        }
        ScenarioBuilder verdict = scenario("verdict");
        for (Ratio ratio : ratios) {
            verdict = verdict.exec(ratio.verdict(times));
        }
        setUp(all.andThen(verdict.injectOpen(atOnceUsers(1))))
                .protocols(http.baseUrl(target.service().toString())
                        .acceptHeader("application/json")
                        .userAgentHeader("pims-load-test")
                        .disableFollowRedirect())
                .assertions(
                        global().failedRequests().count().is(0L),
                        details(request)
                                .allRequests()
                                .count()
                                .gte(Math.max(1, expected - Math.round(5 * Math.sqrt(expected)))));
    }

    static OpenInjectionStep arriving(double rate, Duration duration) {
        return constantUsersPerSec(rate).during(duration).randomized();
    }

    static long arrivals(double rate, Duration duration) {
        return Math.round(rate * duration.toMillis() / 1000.0);
    }

    /** Some more than are expected, for they come at random. */
    static long driversFor(double rate, Duration duration) {
        long expected = arrivals(rate, duration);
        return expected + Math.round(5 * Math.sqrt(expected));
    }

    @Override
    public void after() {
        System.out.println("Drivers served in the warm-up, which is not in the report: " + warmedUp.get());
        if (drivers.failed() > 0) {
            System.out.println(drivers.failed() + " drivers could not sign in at " + target.tokens()
                    + ", so fewer arrived than asked for");
        }
        try {
            target.process().close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
