package io.pims.authentication.smscode;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.pims.authentication.http.RehearsalToken;
import io.pims.authentication.monitoring.WholeLog;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a request may do that has the token of the rehearsal while that is valid. */
@QuarkusTest
class OwnRequestsTest {

    @RegisterExtension
    final WholeLog log = new WholeLog();

    @Inject
    RehearsalToken token;

    @Inject
    MeterRegistry registry;

    @Test
    void it_goes_the_way_of_a_drivers_request_and_is_not_counted() {
        Map<String, Double> before = conflicts();
        double unauthorized = unauthorized();

        given().auth()
                .oauth2(token.issue())
                .contentType("application/json")
                .body(RequestRehearsal.BODY)
                .post(SmsCodeResource.PATH)
                .then()
                .statusCode(409);

        // A request is counted after its answer. This one is, and by then the one before would be.
        given().header("Authorization", "Bearer !")
                .get(SmsCodeResource.PATH + "/x")
                .then()
                .statusCode(401)
                .body("error.code", equalTo(2102));
        await().until(() -> unauthorized() > unauthorized);
        assertThat(conflicts()).isEqualTo(before);
        assertThat(log.lines()).noneMatch(line -> line.contains(token.issue()));
    }

    @Test
    void it_has_no_role() {
        for (String path : List.of("drivers/someone?reason=none", "drivers/someone/data")) {
            given().auth()
                    .oauth2(token.issue())
                    .get("/v1/authentication/" + path)
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void a_token_of_the_same_form_is_refused() {
        given().auth()
                .oauth2(new RehearsalToken().issue())
                .contentType("application/json")
                .body(RequestRehearsal.BODY)
                .post(SmsCodeResource.PATH)
                .then()
                .statusCode(401);
    }

    /** Only what an answer of this kind counts: a refusal of the test before may be counted late. */
    private Map<String, Double> conflicts() {
        return Stream.of(
                        meters("http.server.requests", "status", "409"),
                        meters("pims.requests", "code", "2101"),
                        meters("pims.token.cache.lookups"))
                .flatMap(Collection::stream)
                .collect(toMap(meter -> meter.getId().toString(), OwnRequestsTest::count));
    }

    private double unauthorized() {
        return meters("http.server.requests", "status", "401").stream()
                .mapToDouble(OwnRequestsTest::count)
                .sum();
    }

    private Collection<Meter> meters(String name, String... tags) {
        return registry.find(name).tags(tags).meters();
    }

    private static double count(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .filter(measurement -> measurement.getStatistic() == Statistic.COUNT)
                .mapToDouble(Measurement::getValue)
                .sum();
    }
}
