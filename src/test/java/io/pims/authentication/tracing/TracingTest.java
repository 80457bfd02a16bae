package io.pims.authentication.tracing;

import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.receipt.SignedMessageStatus;
import io.pims.authentication.receipt.SignedReceipt;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TracingTest.On.class)
class TracingTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OTHER_TRACE = "5bf92f3577b34da6a3ce929d0e0e4737";
    private static final String PRIVACY_TRACE = "6bf92f3577b34da6a3ce929d0e0e4738";

    public static class On implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.otel.sdk.disabled", "false", "quarkus.otel.bsp.schedule.delay", "100ms");
        }
    }

    /** In the place of the collector. */
    @Singleton
    public static class Collector {

        @Produces
        @Singleton
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }
    }

    @Inject
    InMemorySpanExporter collector;

    @Inject
    OpenTelemetry telemetry;

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    @BeforeEach
    void nobody_tells_of_receipts_but_the_test() {
        vonage.reset();
        vonage.behave(new ProviderSettings(Behaviour.NORMAL, 0, false));
    }

    @AfterEach
    void as_usual() {
        vonage.reset();
    }

    @Test
    void one_trace_leads_from_the_request_through_SQL_and_the_send_to_the_receipt() {
        TestDriver driver = TestDriver.withNumber(issuer);

        String transaction = driver.json()
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .body("{\"type\":\"resetPIN\"}")
                .post(TestDriver.SMSCODE)
                .then()
                .statusCode(202)
                .extract()
                .path("transactionId");
        await().until(() -> !vonage.messagesTo(driver.number()).isEmpty());
        Map<String, String> receipt = SignedReceipt.about(UUID.fromString(transaction), "delivered")
                .with("msisdn", driver.number().substring(1))
                .signed();
        given().queryParams(receipt).get(Conversation.RECEIPT).then().statusCode(200);
        SignedMessageStatus status = SignedMessageStatus.about(UUID.fromString(transaction), "delivered")
                .with("to", driver.number().substring(1));
        String authorization = status.authorization();
        given().contentType(ContentType.JSON)
                .header("Authorization", authorization)
                .body(status.body())
                .post(Conversation.MESSAGES_RECEIPT)
                .then()
                .statusCode(200);

        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(spans())
                        .extracting(SpanData::getName)
                        .contains("POST /v1/authentication/smscode", "batch", "sms deliver", "sms send", "sms receipt")
                        .anyMatch(name -> name.startsWith("INSERT")));
        assertThat(spans())
                .filteredOn(span -> span.getName().equals("sms send"))
                .singleElement()
                .satisfies(span -> {
                    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
                    assertThat(span.getAttributes().asMap()).containsValue("ACCEPTED");
                });
        assertThat(spans())
                .filteredOn(
                        span -> Set.of("sms deliver", "sms send", "sms receipt").contains(span.getName()))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(span -> assertThat(span.getAttributes().get(stringKey("pims.transaction.id")))
                        .as(span.getName())
                        .isEqualTo(transaction));
        assertThat(spans())
                .filteredOn(span -> span.getName().equals("batch"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(span -> assertThat(span.getAttributes().get(stringArrayKey("pims.transaction.id")))
                        .as("of those that were recorded and ended together")
                        .contains(transaction));
        assertThat(database.execute(
                                "SELECT trace_parent FROM sms_transaction WHERE id = $1", UUID.fromString(transaction))
                        .iterator()
                        .next()
                        .getString(0))
                .startsWith("00-" + TRACE)
                .hasSize(55);
        String code = new Conversation(driver, issuer, vonage).codeAt(driver.number());
        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(collector.getFinishedSpanItems())
                        .extracting(SpanData::getName)
                        .contains("GET /v1/authentication/receipt", "POST /v1/authentication/receipt/messages"));
        assertThat(spans())
                .as("of either form")
                .filteredOn(span -> span.getName().equals("sms receipt"))
                .hasSize(2);
        assertThat(collector.getFinishedSpanItems())
                .extracting(Object::toString)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain(driver.number().substring(1))
                        .doesNotContain(driver.token())
                        .doesNotContain(driver.name())
                        .doesNotContain(receipt.get("sig"))
                        .doesNotContain(authorization.substring(authorization.length() - 40))
                        .doesNotContain("127.0.0.1:")
                        .doesNotContainPattern("(?<![0-9a-f])" + code + "(?![0-9a-f])"));
    }

    @Test
    void what_else_a_client_says_of_its_trace_is_neither_kept_nor_passed_on() {
        TestDriver driver = TestDriver.withNumber(issuer);

        driver.json()
                .header("traceparent", "00-" + OTHER_TRACE + "-00f067aa0ba902b7-01")
                .header("tracestate", "phone=33612345678,other=" + "x".repeat(200))
                .header("baggage", "phone=33612345678;secret=1")
                .body("{\"type\":\"resetPIN\"}")
                .post(TestDriver.SMSCODE)
                .then()
                .statusCode(202);

        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(collector.getFinishedSpanItems())
                        .filteredOn(span -> span.getTraceId().equals(OTHER_TRACE))
                        .extracting(SpanData::getName)
                        .contains("POST /v1/authentication/smscode", "sms deliver", "sms send"));
        assertThat(collector.getFinishedSpanItems())
                .filteredOn(span -> span.getTraceId().equals(OTHER_TRACE))
                .allSatisfy(
                        span -> assertThat(span.getSpanContext().getTraceState().isEmpty())
                                .isTrue())
                .allSatisfy(span -> assertThat(
                                span.getParentSpanContext().getTraceState().isEmpty())
                        .isTrue())
                .allSatisfy(span -> assertThat(span.toString()).doesNotContain("33612345678"));
        assertThat(telemetry.getPropagators().getTextMapPropagator().fields()).containsExactly("traceparent");
    }

    @Test
    void the_driver_whose_data_is_asked_for_is_in_the_path_and_in_no_span() {
        TestDriver driver = TestDriver.withNumber(issuer);

        given().header("traceparent", "00-" + PRIVACY_TRACE + "-00f067aa0ba902b7-01")
                .auth()
                .oauth2(issuer.token("privacy", Optional.of("privacy"), Optional.empty()))
                .get(Conversation.DATA, driver.name())
                .then()
                .statusCode(200);

        await().atMost(20, SECONDS)
                .untilAsserted(() -> assertThat(collector.getFinishedSpanItems())
                        .filteredOn(span -> span.getTraceId().equals(PRIVACY_TRACE))
                        .extracting(SpanData::getName)
                        .contains("GET " + Conversation.DATA));
        assertThat(collector.getFinishedSpanItems())
                .filteredOn(span -> span.getTraceId().equals(PRIVACY_TRACE))
                .allSatisfy(span -> assertThat(span.toString())
                        .doesNotContain(driver.name(), driver.number().substring(1)));
    }

    /** The build fixes the sampler, so it has to be one that takes a share. */
    @Test
    void the_share_of_requests_that_begin_a_trace_can_be_set_at_run_time() {
        Sampler sampler = ((OpenTelemetrySdk) telemetry).getSdkTracerProvider().getSampler();

        assertThat(sampler.getDescription()).contains("root:TraceIdRatioBased{1");
    }

    private List<SpanData> spans() {
        return collector.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(TRACE))
                .toList();
    }
}
