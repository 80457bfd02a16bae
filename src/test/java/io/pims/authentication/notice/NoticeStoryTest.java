package io.pims.authentication.notice;

import static io.pims.authentication.Conversation.DRIVERS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.notice.FakeBackend.Received;
import io.pims.authentication.readiness.SchemaReady;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.securityevent.NewSecurityEvent;
import io.pims.authentication.securityevent.SecurityEvents;
import io.pims.authentication.sms.TestConfig;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A driver's story, and the backend that is told of it. */
@QuarkusTest
class NoticeStoryTest {

    private static final String PIN = "839517";
    private static final String OTHER_PIN = "590274";

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @Inject
    Vertx vertx;

    @Inject
    Pool pool;

    @Inject
    SecurityEvents events;

    @Inject
    RequestIds ids;

    private FakeBackend backend;
    private NoticeConfig config;
    private NoticeSender sender;
    private Conversation conversation;

    @BeforeEach
    void a_backend() {
        vonage.reset();
        backend = new FakeBackend(vertx);
        config = TestConfig.of(
                NoticeConfig.class,
                "pims.notice.webhook.url",
                backend.url(),
                "pims.notice.webhook.secrets",
                FakeBackend.SECRET);
        QuarkusMock.installMockForType(new NoticeOutbox(config), NoticeOutbox.class);
        conversation = new Conversation(TestDriver.withNumber(issuer), issuer, vonage);
    }

    @AfterEach
    void close() {
        if (sender != null) {
            sender.close();
        }
        backend.close();
        database.execute("DELETE FROM notice_queue");
        database.execute("DELETE FROM notice_outbox");
    }

    private String user() {
        return conversation.driver().name();
    }

    private void post() {
        sender = new NoticeSender(
                vertx,
                new NoticeQueue(pool),
                new NoticeMetrics(pool, Clock.systemUTC(), new SimpleMeterRegistry(), config),
                config,
                Clock.systemUTC());
        sender.start(new SchemaReady());
    }

    private long waiting() {
        return database.count("SELECT count(*) FROM notice_outbox WHERE user_id = $1", user());
    }

    /** Type and code of each post. */
    private List<String> told() {
        return backend.received().stream()
                .map(post -> new JsonObject(post.body()))
                .map(event -> event.getString("type") + " "
                        + event.getJsonObject("data").getInteger("code"))
                .toList();
    }

    @Test
    void what_happens_to_a_driver_is_told_in_order_and_nothing_personal_with_it() {
        String code = conversation.resetCode();
        for (int tried = 0; tried < 3; tried++) {
            conversation.resets(code.equals("000000") ? "000001" : "000000", PIN);
        }
        conversation.resets(code, PIN).then().statusCode(200);
        conversation.updates("730158", OTHER_PIN).then().statusCode(400);
        conversation.updates(PIN, OTHER_PIN).then().statusCode(200);
        String number = TestDriver.someone(issuer).number();
        String certificationCode = conversation.certificationCode(number);
        conversation.modifies(number, certificationCode, OTHER_PIN).then().statusCode(200);

        post();

        await().until(() -> waiting() == 0);
        assertThat(told())
                .containsExactly(
                        "pincode.reset 2305",
                        "pincode.reset null",
                        "pincode.update 2102",
                        "pincode.update null",
                        "smscode.modifyPhoneNumber null");
        assertThat(backend.received()).extracting(Received::user).containsOnly(user());
        List<String> recorded = new ArrayList<>(conversation.events(Map.of()).path("result.events.id"));
        Collections.reverse(recorded);
        assertThat(backend.received()).extracting(Received::id).isEqualTo(recorded);
        assertThat(backend.received())
                .extracting(Received::body)
                .noneMatch(body -> body.matches(
                        ".*\\b(" + String.join("|", PIN, OTHER_PIN, "730158", code, certificationCode) + ")\\b.*"));
        assertThat(backend.received())
                .extracting(Received::body)
                .noneMatch(body -> body.contains(number.substring(3))
                        || body.contains(conversation.driver().number().substring(3)));
    }

    @Test
    void what_the_staff_does_about_a_driver_is_told_in_order_without_who_asked_and_why() {
        conversation.withPin(PIN);
        String agent = "agent-" + UUID.randomUUID();
        String reason = "Phone lost, identity seen";
        RequestSpecification desk = new RequestSpecBuilder()
                .addHeader("Authorization", "Bearer " + issuer.token(agent, Optional.of("support"), Optional.empty()))
                .setContentType(ContentType.JSON)
                .build();
        String body = new JsonObject().put("reason", reason).encode();
        given(desk).queryParam("reason", reason).get(DRIVERS, user()).then().statusCode(200);
        given(desk).body(body).post(DRIVERS + "/unblock", user()).then().statusCode(200);
        given(desk).body(body).post(DRIVERS + "/unblock", user()).then().statusCode(429);
        given(desk).body(body).post(DRIVERS + "/recovery", user()).then().statusCode(200);
        given(desk)
                .queryParam("reason", reason)
                .delete(DRIVERS + "/recovery", user())
                .then()
                .statusCode(200);
        conversation.data().then().statusCode(200);

        post();

        await().until(() -> waiting() == 0);
        assertThat(told())
                .containsExactly(
                        "pincode.reset null",
                        "support.read null",
                        "support.unblock null",
                        "support.unblock 2201",
                        "support.recovery null",
                        "support.undo null",
                        "driver.export null");
        assertThat(backend.received())
                .extracting(Received::body)
                .noneMatch(posted -> posted.contains(agent) || posted.contains(reason) || posted.contains("privacy"));
    }

    /** The backend can't tell whose erasure it was: the event is about nobody. */
    @Test
    void an_erasure_is_told_of_nobody() {
        conversation.erased().then().statusCode(200);
        post();

        await().until(() -> database.count("SELECT count(*) FROM notice_outbox") == 0);
        assertThat(told()).containsExactly("driver.erasure null");
        assertThat(backend.received())
                .extracting(Received::body)
                .allMatch(posted -> posted.contains("erased-"))
                .noneMatch(posted -> posted.contains(user()));
    }

    @Test
    void of_refusals_that_are_counted_together_the_first_is_told() {
        for (int tried = 0; tried < 7; tried++) {
            conversation.resets("048213", PIN).then().statusCode(400);
        }

        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void what_is_not_committed_is_told_nobody() {
        assertThatThrownBy(() -> VertxContextSupport.subscribeAndAwait(() ->
                        Panache.withTransaction(() -> events.append(new NewSecurityEvent(
                                        user(), "pincode.reset", Optional.empty(), ids.generate(), Optional.empty()))
                                .invoke(() -> {
                                    throw new IllegalStateException("rolled back");
                                }))))
                .hasMessageContaining("rolled back");

        assertThat(waiting()).isZero();
        assertThat(database.count("SELECT count(*) FROM notice_queue WHERE user_id = $1", user()))
                .isZero();
    }

    @Test
    void what_waits_about_a_driver_is_erased_with_the_rest() {
        conversation.resets("048213", PIN).then().statusCode(400);
        assertThat(waiting()).isEqualTo(1);

        conversation.erased().then().statusCode(200);

        assertThat(waiting()).isZero();
        assertThat(database.count("SELECT count(*) FROM notice_queue WHERE user_id = $1", user()))
                .isZero();
    }

    @Test
    void without_a_backend_nothing_is_kept_for_one() {
        QuarkusMock.installMockForType(new NoticeOutbox(TestConfig.of(NoticeConfig.class)), NoticeOutbox.class);

        conversation.resets("048213", PIN).then().statusCode(400);

        assertThat(waiting()).isZero();
        assertThat(database.count("SELECT count(*) FROM security_event WHERE user_id = $1", user()))
                .isEqualTo(1);
    }
}
