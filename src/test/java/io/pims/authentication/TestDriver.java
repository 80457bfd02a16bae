package io.pims.authentication;

import static io.restassured.RestAssured.given;

import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.sandbox.UsedSecrets;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A driver with a name and a certified number of his own, so that tests do not share limits. */
public final class TestDriver {

    public static final String SMSCODE = "/v1/authentication/smscode";

    /**
     * The next number, from +33 6 10 to +33 6 38: +33 6 39 is Mayotte's and not valid as a French one. It starts well
     * before those ending in 9990xx, which the fake Vonage refuses.
     */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(10, 39) * 1_000_000
                    + ThreadLocalRandom.current().nextInt(900_000));

    private final String name = "driver-" + UUID.randomUUID();
    private final String number = "+336" + NEXT.getAndIncrement();
    private final String token;

    private TestDriver(ThrowawayIssuer issuer) {
        this.token = issuer.token(name);
        UsedSecrets.note(number);
    }

    public static TestDriver someone(ThrowawayIssuer issuer) {
        return new TestDriver(issuer);
    }

    public static TestDriver withNumber(ThrowawayIssuer issuer) {
        return withNumber(issuer, null);
    }

    /** @param number E.164; null for one that nobody else has */
    public static TestDriver withNumber(ThrowawayIssuer issuer, String number) {
        TestDriver driver = new TestDriver(issuer);
        given().contentType(ContentType.JSON)
                .body("{\"phoneNumber\":\"" + (number == null ? driver.number : number) + "\"}")
                .put("/sandbox/drivers/" + driver.name)
                .then()
                .statusCode(204);
        return driver;
    }

    public String name() {
        return name;
    }

    public String number() {
        return number;
    }

    public String token() {
        return token;
    }

    public RequestSpecification request() {
        return given().auth().oauth2(token);
    }

    public RequestSpecification json() {
        return request().contentType(ContentType.JSON);
    }

    public Response asksForCode() {
        return json().body("{\"type\":\"resetPIN\"}").post(SMSCODE);
    }

    public Response asksForCodeAndWaits(int seconds) {
        return json().header("Prefer", "wait=" + seconds)
                .body("{\"type\":\"resetPIN\"}")
                .post(SMSCODE);
    }
}
