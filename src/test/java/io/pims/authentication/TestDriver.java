package io.pims.authentication;

import static io.restassured.RestAssured.given;

import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A driver with a name and a certified number of his own, so that tests do not share limits. */
public final class TestDriver {

    public static final String SMSCODE = "/v1/authentication/smscode";

    private final String name = "driver-" + UUID.randomUUID();
    private final String number = "+336" + ThreadLocalRandom.current().nextInt(10_000_000, 90_000_000);
    private final String token;

    private TestDriver(ThrowawayIssuer issuer) {
        this.token = issuer.token(name);
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
