package io.pims.authentication;

import static io.pims.authentication.TestDriver.SMSCODE;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ReceivedMessage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a driver says to the service, and what he reads on his phone. */
public final class Conversation {

    public static final String PINCODE = "/v1/authentication/pincode";
    public static final String NUMBER = "/v1/authentication/trustedphonenumber";
    public static final String ACCOUNT = "/v1/authentication/account";
    public static final String EVENTS = "/v1/authentication/events";
    public static final String DRIVERS = "/v1/authentication/drivers/{user}";
    public static final String DATA = "/v1/authentication/drivers/{user}/data";
    public static final String RECEIPT = "/v1/authentication/receipt";
    public static final String MESSAGES_RECEIPT = "/v1/authentication/receipt/messages";

    private final TestDriver driver;
    private final ThrowawayIssuer issuer;
    private final FakeVonage vonage;

    public Conversation(TestDriver driver, ThrowawayIssuer issuer, FakeVonage vonage) {
        this.driver = driver;
        this.issuer = issuer;
        this.vonage = vonage;
    }

    public TestDriver driver() {
        return driver;
    }

    /** Asks for a code that resets the PIN, and reads it. */
    public String resetCode() {
        asks(Map.of("type", "resetPIN"));
        return codeAt(driver.number());
    }

    /** Asks for a code that certifies the number, and reads it there. */
    public String certificationCode(String number) {
        return certificationCode(number, number);
    }

    /** The same for a number that is typed in another way. */
    public String certificationCode(String typed, String number) {
        asks(Map.of("type", "phoneNumberCertification", "phoneNumber", typed));
        return codeAt(number);
    }

    private void asks(Map<String, String> body) {
        driver.json()
                .header("Prefer", "wait=15")
                .body(body)
                .post(SMSCODE)
                .then()
                .statusCode(200)
                .body("status", equalTo("SUCCEEDED"));
    }

    public String codeAt(String number) {
        List<ReceivedMessage> codes = vonage.messagesTo(number).stream()
                .filter(message -> message.text().contains("#"))
                .toList();
        String text = codes.get(codes.size() - 1).text();
        return text.substring(text.lastIndexOf('#') + 1);
    }

    public boolean wasTold(String number, String words) {
        return vonage.messagesTo(number).stream()
                .anyMatch(message -> message.text().contains(words));
    }

    public Response adds(String number, String code) {
        return put(SMSCODE, Map.of("action", "addPhoneNumber", "phoneNumber", number, "smsCode", code));
    }

    public Response modifies(String number, String code) {
        return put(SMSCODE, Map.of("action", "modifyPhoneNumber", "phoneNumber", number, "smsCode", code));
    }

    public Response modifies(String number, String code, String pin) {
        return put(
                SMSCODE, Map.of("action", "modifyPhoneNumber", "phoneNumber", number, "smsCode", code, "pinCode", pin));
    }

    public Response resets(String code, String pin) {
        return put(PINCODE, Map.of("action", "reset", "smsCode", code, "pinCode", pin));
    }

    public Response updates(String oldPin, String newPin) {
        return put(PINCODE, Map.of("action", "update", "oldPIN", oldPin, "newPIN", newPin));
    }

    /** Has this PIN from now on. */
    public Conversation withPin(String pin) {
        resets(resetCode(), pin).then().statusCode(200);
        return this;
    }

    private Response put(String path, Map<String, String> body) {
        return driver.json().body(body).put(path);
    }

    /** What a vehicle's backend is told about a PIN that somebody typed there. */
    public Response verification(String pin) {
        return given().auth()
                .oauth2(token("pin-verifier"))
                .contentType(ContentType.JSON)
                .body(Map.of("user", driver.name(), "pinCode", pin))
                .post(PINCODE + "/verification");
    }

    /** A page of what an auditor reads about the driver. */
    public Response events(Map<String, ?> query) {
        return given().auth()
                .oauth2(token("auditor"))
                .queryParam("user", driver.name())
                .queryParams(query)
                .get(EVENTS);
    }

    /** All that is kept about the driver. */
    public Response data() {
        return given().auth().oauth2(token("privacy")).get(DATA, driver.name());
    }

    public Response erased() {
        return given().auth().oauth2(token("privacy")).delete(DATA, driver.name());
    }

    private String token(String role) {
        return issuer.token(role, Optional.of(role), Optional.empty());
    }
}
