package io.pims.authentication.load;

import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A push notification reaches many drivers, who are signed in already, and all ask for a code within a second. */
public final class Burst extends LoadTest {

    private static final double SIGN_INS_PER_SECOND = 50;

    @Override
    void prepare() {
        int many = Parameters.drivers(1_000);
        drivers.require(many);
        SignedIn signedIn = new SignedIn(new ConcurrentLinkedQueue<>());
        run(
                arriving(100, Duration.ofSeconds(20)),
                Calls.ASK,
                many,
                List.of(Ratio.tail(Calls.ASK, 10), Ratio.tail(Calls.OUTCOME, 10)),
                List.of(signIn(drivers, signedIn, many)),
                List.of(askAtOnce(calls, signedIn, many)));
    }

    static PopulationBuilder signIn(Drivers drivers, SignedIn signedIn, int many) {
        return scenario("signing in")
                .exec(drivers.signInWithNumber())
                .exec(session -> {
                    signedIn.waiting().add(Map.of("token", session.getString("token")));
                    return session;
                })
                .injectOpen(rampUsers(many).during(Duration.ofMillis((long) (many * 1_000 / SIGN_INS_PER_SECOND))));
    }

    static PopulationBuilder askAtOnce(Calls calls, SignedIn signedIn, int many) {
        return scenario("burst")
                .exec(feed(signedIn))
                .exec(calls.askUntilAccepted())
                .exec(calls.outcome("SUCCEEDED"))
                .injectOpen(rampUsers(many).during(1));
    }

    /** A feeder that is filled in the course of the run. */
    record SignedIn(Queue<Map<String, Object>> waiting) implements Iterator<Map<String, Object>> {

        @Override
        public boolean hasNext() {
            return !waiting.isEmpty();
        }

        @Override
        public Map<String, Object> next() {
            return waiting.remove();
        }
    }
}
