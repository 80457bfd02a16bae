package io.pims.authentication;

import static io.pims.authentication.OperationsTest.json;
import static io.pims.authentication.OperationsTest.refused;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the staff on a driver: an unknown one, one who can be none, a reason that is none, and a replay. */
@QuarkusTest
class OperationsOnDriversTest {

    private static final String REASON = "Phone lost, ticket 48213";

    @Inject
    ThrowawayIssuer issuer;

    /** Somebody else in each test, for the limits of each. */
    private final String agent = "agent-" + UUID.randomUUID();

    static Stream<Operation> aboutDriver() {
        return Stream.of(Operation.values()).filter(Operation::isAboutDriver);
    }

    static Stream<Operation> withReasonInQuery() {
        return aboutDriver().filter(Operation::hasReasonInQuery);
    }

    /** The longest one would not fit into a URL. */
    static Stream<Arguments> unreadableReasons() {
        return withReasonInQuery()
                .flatMap(operation -> OperationsTest.UNREADABLE.keySet().stream()
                        .filter(how -> !how.equals("longer than any text"))
                        .map(how -> Arguments.of(operation, how)));
    }

    @ParameterizedTest
    @MethodSource("aboutDriver")
    void of_somebody_unknown_there_is_nothing_and_no_error_that_is_none(Operation operation) {
        for (String user : List.of("nobody-" + UUID.randomUUID(), "no/body|%2F " + UUID.randomUUID())) {
            Response answer = asks(operation, user);

            switch (operation) {
                case RECOVER_DRIVER -> refused(operation, answer, 404, 2307, null);
                case UNDO_RECOVERY -> refused(operation, answer, 404, 2102, "recovery");
                default -> answer.then().statusCode(200).body("status", equalTo("SUCCEEDED"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("aboutDriver")
    void what_can_be_no_user_is_2102(Operation operation) {
        for (String user : List.of("x".repeat(256), "jos\u00e9", "line\nbreak")) {
            refused(operation, asks(operation, user), 400, 2102, "user");
        }
    }

    /** The router would leave out what is behind it, and act on another driver. Encoded it is a part of the name. */
    @ParameterizedTest
    @MethodSource("aboutDriver")
    void a_plain_semicolon_in_the_name_is_2102_and_nobody_shorter_is_meant(Operation operation) {
        String user = TestDriver.withNumber(issuer).name();
        RequestSpecification request = authorized(operation).urlEncodingEnabled(false);
        RequestSpecification whole =
                operation.hasReasonInQuery() ? request.queryParam("reason", "Ticket-48213") : request;

        refused(operation, send(operation, whole, user + ";x"), 404, 2102, "path");

        switch (operation) {
            case RECOVER_DRIVER -> refused(operation, asks(operation, user + ";x"), 404, 2307, null);
            case UNDO_RECOVERY -> refused(operation, asks(operation, user + ";x"), 404, 2102, "recovery");
            default -> asks(operation, user + ";x").then().statusCode(200);
        }
        asks(Operation.READ_DRIVER, user).then().body("result.events", empty());
    }

    /** Somebody does not wait for the answer, and asks again. */
    @ParameterizedTest
    @MethodSource("aboutDriver")
    void a_replay_changes_nothing_more(Operation operation) {
        String user = TestDriver.withNumber(issuer).name();
        if (operation == Operation.UNDO_RECOVERY) {
            asks(Operation.RECOVER_DRIVER, user).then().statusCode(200);
        }
        Response first = asks(operation, user);
        first.then().statusCode(200);

        Response replay = asks(operation, user);

        if (operation == Operation.UNBLOCK_DRIVER) {
            refused(operation, replay, 429, 2201, null);
            assertThat(replay.header("Retry-After")).isNotNull();
            return;
        }
        replay.then().statusCode(200);
        if (!operation.method().equals("GET")) {
            assertThat(replay.<Object>path("result")).isEqualTo(first.path("result"));
        }
    }

    @ParameterizedTest
    @MethodSource("withReasonInQuery")
    void without_a_reason_it_is_2101(Operation operation) {
        refused(operation, send(operation, authorized(operation), "nobody"), 400, 2101, "reason");
    }

    @ParameterizedTest
    @MethodSource("unreadableReasons")
    void a_reason_that_can_not_be_read_is_2102(Operation operation, String how) {
        RequestSpecification request = authorized(operation).queryParam("reason", OperationsTest.UNREADABLE.get(how));

        refused(operation, send(operation, request, "nobody"), 400, 2102, "reason");
    }

    @ParameterizedTest
    @MethodSource("withReasonInQuery")
    void a_reason_that_is_there_twice_is_2102(Operation operation) {
        RequestSpecification request = authorized(operation).queryParam("reason", REASON, REASON);

        refused(operation, send(operation, request, "nobody"), 400, 2102, "reason");
    }

    @ParameterizedTest
    @MethodSource("withReasonInQuery")
    void an_unknown_parameter_is_2102(Operation operation) {
        RequestSpecification request =
                authorized(operation).queryParam("reason", REASON).queryParam("colour", "red");

        refused(operation, send(operation, request, "nobody"), 400, 2102, "query");
    }

    /** As it should be. */
    private Response asks(Operation operation, String user) {
        RequestSpecification request = authorized(operation);
        return send(operation, operation.hasReasonInQuery() ? request.queryParam("reason", REASON) : request, user);
    }

    private RequestSpecification authorized(Operation operation) {
        return given().auth().oauth2(issuer.token(agent, operation.role(), Optional.empty()));
    }

    private static Response send(Operation operation, RequestSpecification request, String user) {
        RequestSpecification whole = operation.body().isEmpty()
                ? request
                : request.contentType(ContentType.JSON).body(json(operation).encode());
        return whole.request(operation.method(), operation.path(), user);
    }
}
