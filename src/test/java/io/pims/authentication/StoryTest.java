package io.pims.authentication;

import static io.pims.authentication.TestDriver.SMSCODE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ReceivedMessage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.smscode.UsedLimits;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A driver with a new account certifies a number, sets a PIN, forgets it, and resets it. */
@QuarkusTest
class StoryTest {

    private static final String PINCODE = "/v1/authentication/pincode";
    private static final String NUMBER = "/v1/authentication/trustedphonenumber";
    private static final String ACCOUNT = "/v1/authentication/account";

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    UsedLimits limits;

    private TestDriver driver;

    @BeforeEach
    void somebody_signs_in() {
        vonage.reset();
        driver = TestDriver.someone(issuer);
    }

    @Test
    void from_a_new_account_to_a_pin_that_was_forgotten_and_reset() {
        driver.request().get(NUMBER).then().statusCode(404).body("error.code", equalTo(2307));

        asks("{\"type\":\"phoneNumberCertification\",\"phoneNumber\":\"" + national() + "\"}");
        put(
                        SMSCODE,
                        "{\"action\":\"addPhoneNumber\",\"phoneNumber\":\"" + national() + "\",\"smsCode\":\"" + code()
                                + "\"}")
                .statusCode(200)
                .body("status", equalTo("SUCCEEDED"))
                .body("result", nullValue());
        driver.request().get(NUMBER).then().statusCode(200).body("result.phoneNumber", equalTo(driver.number()));

        asks("{\"type\":\"resetPIN\"}");
        put(PINCODE, "{\"action\":\"reset\",\"smsCode\":\"" + code() + "\",\"pinCode\":\"048213\"}")
                .statusCode(200);
        told("your car was reset");
        verifies("048213", true);
        put(PINCODE, "{\"action\":\"update\",\"oldPIN\":\"048213\",\"newPIN\":\"590274\"}")
                .statusCode(200);
        told("your car was changed");

        for (int wrong = 0; wrong < 5; wrong++) {
            verifies("730158", false);
        }
        verification("590274").statusCode(403).body("error.code", equalTo(2310));
        driver.request().get(ACCOUNT).then().statusCode(200).body("result.isAccountBlocked", equalTo(true));

        limits.forget(driver);
        asks("{\"type\":\"resetPIN\"}");
        String code = code();
        put(PINCODE, "{\"action\":\"reset\",\"smsCode\":\"" + code + "\",\"pinCode\":\"590274\"}")
                .statusCode(400)
                .body("error.code", equalTo(2315))
                .body("error.label", equalTo("inwebo: the new password equals the previous one"));
        put(PINCODE, "{\"action\":\"reset\",\"smsCode\":\"" + code + "\",\"pinCode\":\"123456\"}")
                .statusCode(400)
                .body("error.label", equalTo("Invalid pinCode parameter"));
        put(PINCODE, "{\"action\":\"reset\",\"smsCode\":\"" + code + "\",\"pinCode\":\"861403\"}")
                .statusCode(200);
        put(PINCODE, "{\"action\":\"reset\",\"smsCode\":\"" + code + "\",\"pinCode\":\"294816\"}")
                .statusCode(400)
                .body("error.code", equalTo(2305));
        driver.request().get(ACCOUNT).then().body("result.isAccountBlocked", equalTo(false));
        verifies("861403", true);

        given().auth()
                .oauth2(issuer.token("auditor", Optional.of("auditor"), Optional.empty()))
                .queryParam("user", driver.name())
                .get("/v1/authentication/events")
                .then()
                .statusCode(200)
                .body("result.events.what", hasItems("smscode.addPhoneNumber", "pincode.reset", "pincode.update"))
                .body("result.next", nullValue());
    }

    @Test
    void a_changed_number_tells_the_old_one_and_holds_resets_unless_the_pin_was_proved() {
        driver = TestDriver.withNumber(issuer);
        String other = "+33699" + driver.number().substring(6);

        asks("{\"type\":\"phoneNumberCertification\",\"phoneNumber\":\"" + other + "\"}");
        put(
                        SMSCODE,
                        "{\"action\":\"modifyPhoneNumber\",\"phoneNumber\":\"" + other + "\",\"smsCode\":\""
                                + codeAt(other) + "\"}")
                .statusCode(200);

        told("another phone number");
        driver.request().get(NUMBER).then().body("result.phoneNumber", equalTo(other));
        ValidatableResponse held = driver.asksForCode().then().statusCode(429).body("error.code", equalTo(2201));
        assertThat(Long.parseLong(held.extract().header("Retry-After"))).isBetween(86_000L, 86_400L);
    }

    private void asks(String body) {
        driver.json()
                .header("Prefer", "wait=10")
                .body(body)
                .post(SMSCODE)
                .then()
                .statusCode(200)
                .body("status", equalTo("SUCCEEDED"));
    }

    private ValidatableResponse put(String path, String body) {
        return driver.json().body(body).put(path).then();
    }

    private void verifies(String pin, boolean right) {
        verification(pin).statusCode(200).body("result.isPinCodeValid", equalTo(right));
    }

    private ValidatableResponse verification(String pin) {
        return given().auth()
                .oauth2(issuer.token("vehicle-backend", Optional.of("pin-verifier"), Optional.empty()))
                .contentType(ContentType.JSON)
                .body("{\"user\":\"" + driver.name() + "\",\"pinCode\":\"" + pin + "\"}")
                .post(PINCODE + "/verification")
                .then();
    }

    private String national() {
        return "0" + driver.number().substring(3).replaceAll("(..)(?=.)", "$1 ");
    }

    private String code() {
        return codeAt(driver.number());
    }

    private String codeAt(String number) {
        List<ReceivedMessage> received = vonage.messagesTo(number).stream()
                .filter(message -> message.text().contains("#"))
                .toList();
        String text = received.get(received.size() - 1).text();
        return text.substring(text.lastIndexOf('#') + 1);
    }

    private void told(String words) {
        await().until(() -> vonage.messagesTo(driver.number()).stream()
                .anyMatch(message -> message.text().contains(words)));
    }
}
