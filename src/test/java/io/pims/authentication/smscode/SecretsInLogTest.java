package io.pims.authentication.smscode;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.ShortTimes;
import io.pims.authentication.TestDriver;
import io.pims.authentication.monitoring.RecordedLog;
import io.pims.authentication.receipt.SignedMessageStatus;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to numbers, codes and PINs: no word of them is logged. Our own packages tell all they can. */
@QuarkusTest
@TestProfile(ShortTimes.class)
class SecretsInLogTest {

    private static final Logger OURS = Logger.getLogger("io.pims");

    private static final List<String> PINS = List.of("839517", "590274", "730158");

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @Inject
    CircuitBreakerMaintenance breakers;

    @ConfigProperty(name = "pims.pincode.peppers")
    String pepper;

    @ConfigProperty(name = "pims.smscode.keys")
    String codeKey;

    @ConfigProperty(name = "pims.trustedphonenumber.encryption-keys")
    String numberKey;

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final Level before = OURS.getLevel();
    private final RecordedLog log = new RecordedLog("");

    @BeforeEach
    void listen() {
        vonage.reset();
        breakers.resetAll();
        OURS.setLevel(Level.ALL);
        log.begin();
        Stream.of(pepper, codeKey, numberKey).forEach(key -> secrets.add(key.substring(key.indexOf(':') + 1)));
        secrets.addAll(PINS);
        secrets.add(FakeVonage.API_SECRET);
        secrets.add(FakeVonage.SIGNATURE_SECRET);
        secrets.add(
                Base64.getEncoder().encodeToString((FakeVonage.API_KEY + ":" + FakeVonage.API_SECRET).getBytes(UTF_8)));
    }

    @AfterEach
    void leave() {
        log.end();
        OURS.setLevel(before);
        vonage.reset();
        breakers.resetAll();
    }

    @Test
    void a_whole_story_with_all_that_can_go_wrong_tells_the_log_no_secret() {
        Conversation conversation = story();
        spoiltRequests(conversation);
        brokenRow();
        Stream.of(Behaviour.values())
                .filter(behaviour -> behaviour != Behaviour.NORMAL)
                .forEach(this::troubleAtTheProvider);

        List<String> logged =
                log.records().stream().map(SecretsInLogTest::print).toList();
        assertThat(logged).anyMatch(line -> line.contains("Refused with 2310"));
        assertThat(logged).anyMatch(line -> line.contains("IllegalStateException"));
        assertThat(logged).anyMatch(line -> line.matches(".* SMS of transaction \\S+: delivered.*"));
        for (String secret : secrets) {
            assertThat(logged).noneMatch(line -> holds(line, secret));
        }
    }

    private Conversation story() {
        Conversation conversation = new Conversation(someone(TestDriver.someone(issuer)), issuer, vonage);
        String number = conversation.driver().number();
        String code = secret(conversation.certificationCode(number));
        conversation.adds(number, "000000");
        conversation.adds(number, code).then().statusCode(200);
        conversation.driver().request().get(Conversation.NUMBER).then().statusCode(200);
        String resetCode = secret(conversation.resetCode());
        conversation.resets(resetCode, "123456").then().statusCode(400);
        conversation.resets(resetCode, PINS.get(0)).then().statusCode(200);
        conversation.resets(resetCode, PINS.get(1)).then().body("error.code", equalTo(2305));
        conversation.updates(PINS.get(0), PINS.get(1)).then().statusCode(200);
        for (int wrong = 0; wrong < 6; wrong++) {
            conversation.verification(PINS.get(2));
        }
        conversation.updates(PINS.get(1), PINS.get(0)).then().body("error.code", equalTo(2310));
        await().until(() -> conversation.wasTold(number, "was reset"));
        return conversation;
    }

    /** A secret in the wrong place must not come back in a message about it. */
    private void spoiltRequests(Conversation conversation) {
        String number = conversation.driver().number();
        for (String body : List.of(
                "{\"action\":\"reset\",\"smsCode\":839517,\"pinCode\":590274}",
                "{\"action\":\"839517\"}",
                "{\"839517\":\"590274\"}",
                "{\"action\":\"reset\",\"pinCode\":\"839517\"",
                "839517",
                "{\"action\":\"addPhoneNumber\",\"phoneNumber\":\"" + number + "\",\"phoneNumber\":\"" + number + "\"}",
                "{\"action\":\"addPhoneNumber\",\"phoneNumber\":[\"" + number + "\"]}")) {
            conversation
                    .driver()
                    .json()
                    .body(body)
                    .put(Conversation.PINCODE)
                    .then()
                    .statusCode(400);
            conversation
                    .driver()
                    .json()
                    .body(body)
                    .put(TestDriver.SMSCODE)
                    .then()
                    .statusCode(400);
        }
        conversation
                .driver()
                .request()
                .contentType(ContentType.JSON)
                .get(TestDriver.SMSCODE + "/" + number)
                .then()
                .statusCode(404);
        conversation
                .driver()
                .request()
                .get("/v1/authentication/" + number)
                .then()
                .statusCode(404);
        given().queryParam("msisdn", number)
                .queryParam("sig", "00")
                .get(Conversation.RECEIPT)
                .then()
                .statusCode(401);
        given().queryParam(number, number).get(Conversation.RECEIPT).then().statusCode(400);
        given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + number.replace("+", "") + ".e30.e30")
                .body("{\"to\":\"" + number + "\"}")
                .post(Conversation.MESSAGES_RECEIPT)
                .then()
                .statusCode(401);
        String broken = "{\"to\":\"" + number + "\",";
        given().contentType(ContentType.JSON)
                .header("Authorization", SignedMessageStatus.authorization(broken))
                .body(broken)
                .post(Conversation.MESSAGES_RECEIPT)
                .then()
                .statusCode(400);
    }

    /** The one failure that nobody expects: it is logged with all its causes. */
    private void brokenRow() {
        TestDriver driver = someone(TestDriver.withNumber(issuer));
        database.execute(
                "UPDATE trusted_phone_number SET number = set_byte(number, 20, get_byte(number, 20) # 1)"
                        + " WHERE user_id = $1",
                driver.name());

        driver.request().get(Conversation.NUMBER).then().statusCode(500).body("error.code", equalTo(2204));
    }

    private void troubleAtTheProvider(Behaviour behaviour) {
        breakers.resetAll();
        Conversation conversation = new Conversation(someone(TestDriver.withNumber(issuer)), issuer, vonage);
        vonage.behave(behaviour);

        conversation.driver().asksForCodeAndWaits(15).then().body("status", equalTo("FAILED"));

        vonage.messagesTo(conversation.driver().number()).stream()
                .map(message -> message.text().substring(message.text().lastIndexOf('#') + 1))
                .forEach(this::secret);
    }

    private TestDriver someone(TestDriver driver) {
        secrets.add(driver.number().substring(3));
        secrets.add(driver.token());
        secrets.add(driver.token().substring(driver.token().lastIndexOf('.') + 1));
        return driver;
    }

    private String secret(String code) {
        secrets.add(code);
        return code;
    }

    /** Six digits are no code where they are a part of something longer, such as an id or a time. */
    private static boolean holds(String line, String secret) {
        return secret.length() == 6
                ? line.matches("(?s).*(?<![0-9A-Za-z.,-])" + secret + "(?![0-9A-Za-z-]).*")
                : line.contains(secret);
    }

    private static String print(LogRecord record) {
        StringWriter text = new StringWriter();
        text.append(record.getLoggerName()).append(' ').append(record.getMessage());
        text.append(' ').append(Arrays.toString(record.getParameters()));
        if (record instanceof ExtLogRecord extended) {
            text.append(' ').append(extended.getFormattedMessage());
            text.append(' ').append(extended.getMdcCopy().toString());
        }
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }
}
