package io.pims.authentication.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Conversation;
import io.pims.authentication.TestDriver;
import io.pims.authentication.attack.ForgedTokens;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the tokens that the issuer signed are taken: those for access, in their time, by themselves. */
@QuarkusTest
class AccessTokensTest {

    private static final int MOST_TRIES = 50;
    private static final String ANY_HASH = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI";

    @TestHTTPResource
    URI service;

    @Inject
    ThrowawayIssuer issuer;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpClient http2 =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    private TestDriver driver;

    @BeforeEach
    void there_is_a_driver() {
        driver = TestDriver.someone(issuer);
    }

    static Stream<JsonObject> access() {
        return Stream.of(
                new JsonObject(),
                new JsonObject().putNull("typ"),
                new JsonObject().put("typ", "Bearer"),
                new JsonObject().put("typ", "bearer"),
                new JsonObject().put("typ", "JWT"),
                new JsonObject().put("typ", "at+jwt"),
                // Keycloak before 25 has it in access tokens too.
                new JsonObject().put("typ", "Bearer").put("nonce", "n"),
                new JsonObject().put("token_use", "access"),
                new JsonObject().putNull("cnf").putNull("events"));
    }

    @ParameterizedTest
    @MethodSource("access")
    void an_access_token_is_taken_whatever_it_is_called(JsonObject others) {
        assertThat(account(ForgedTokens.header("RS256"), others)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JWT",
                "jwt",
                "at+jwt",
                "AT+JWT",
                "application/at+jwt",
                "application/jwt",
                "Application/AT+JWT",
                "Bearer"
            })
    void an_access_token_is_taken_whatever_its_header_calls_it(String type) {
        assertThat(account(ForgedTokens.header("RS256").put("typ", type), new JsonObject()))
                .isEqualTo(200);
    }

    @Test
    void a_header_need_not_say_of_what_type_it_is_and_at_jwt_may_have_a_nonce() {
        assertThat(account(new JsonObject().put("alg", "RS256"), new JsonObject()))
                .isEqualTo(200);
        assertThat(account(new JsonObject().put("alg", "RS256").put("typ", "at+jwt"), nonce()))
                .isEqualTo(200);
    }

    static Stream<JsonObject> others() {
        Stream<JsonObject> types = Stream.of(
                        "ID",
                        "id",
                        "Refresh",
                        "REFRESH",
                        "Offline",
                        "Logout",
                        "DPoP",
                        "InitialAccessToken",
                        "RegistrationAccessToken",
                        "execute-actions",
                        "logout+jwt",
                        "",
                        "Bearer\0")
                .map(type -> new JsonObject().put("typ", type));
        Stream<JsonObject> marks = Stream.of(
                new JsonObject().put("typ", 1),
                new JsonObject().put("typ", new JsonArray().add("Bearer")),
                new JsonObject().put("typ", new JsonObject()),
                nonce(),
                new JsonObject().put("typ", "JWT").put("nonce", "n"),
                new JsonObject().put("at_hash", ANY_HASH),
                new JsonObject().put("c_hash", ANY_HASH),
                new JsonObject().put("s_hash", ANY_HASH),
                new JsonObject().put("token_use", "id"),
                new JsonObject()
                        .put(
                                "events",
                                new JsonObject()
                                        .put("http://schemas.openid.net/event/backchannel-logout", new JsonObject())));
        return Stream.concat(types, marks);
    }

    @ParameterizedTest
    @MethodSource("others")
    void a_token_for_something_else_than_access_is_401(JsonObject others) {
        assertThat(account(ForgedTokens.header("RS256"), others)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ID",
                "Refresh",
                "Offline",
                "Logout",
                "logout+jwt",
                "application/logout+jwt",
                "dpop+jwt",
                "secevent+jwt",
                "token-introspection+jwt",
                "oauth-authz-req+jwt",
                "refresh+jwt",
                "at+jwt2",
                "text/at+jwt",
                ""
            })
    void a_header_of_another_type_is_401(String type) {
        assertThat(account(ForgedTokens.header("RS256").put("typ", type), new JsonObject()))
                .isEqualTo(401);
    }

    @Test
    void a_header_whose_type_is_no_text_is_401() {
        for (Object type : List.of(1, true, new JsonArray().add("JWT"), new JsonObject())) {
            assertThat(account(ForgedTokens.header("RS256").put("typ", type), new JsonObject()))
                    .as("%s", type)
                    .isEqualTo(401);
        }
    }

    static List<Object> bindings() {
        return List.of(
                new JsonObject().put("jkt", ANY_HASH),
                new JsonObject().put("x5t#S256", ANY_HASH),
                new JsonObject().put("jwk", new JsonObject()),
                new JsonObject(),
                new JsonArray(),
                ANY_HASH,
                1);
    }

    /** RFC 7800: who has it has to prove a key, and here nobody asks for that. */
    @ParameterizedTest
    @MethodSource("bindings")
    void a_token_that_is_bound_to_a_key_is_no_bearer_token(Object confirmation) {
        JsonObject others = new JsonObject().put("typ", "Bearer").put("cnf", confirmation);

        assertThat(account(ForgedTokens.header("RS256"), others)).isEqualTo(401);
    }

    @Test
    void clocks_may_differ_by_thirty_seconds() {
        assertThat(inOneSecond(now -> claims(now).put("exp", now - 29))).isEqualTo(200);
        assertThat(inOneSecond(now -> claims(now).put("exp", now - 31))).isEqualTo(401);
        assertThat(inOneSecond(now -> claims(now).put("nbf", now + 1))).isEqualTo(200);
        assertThat(inOneSecond(now -> claims(now).put("nbf", now + 29))).isEqualTo(200);
        assertThat(inOneSecond(now -> claims(now).put("nbf", now + 31))).isEqualTo(401);
        assertThat(inOneSecond(now -> claims(now).put("iat", now + 29))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer  ", "bearer   ", "Bearer\t", "Bearer \t "})
    void the_scheme_may_be_written_in_any_case_and_any_blanks_follow(String scheme) {
        String token = token(ForgedTokens.header("RS256"), claims(now()));

        assertThat(status(scheme + token)).isEqualTo(200);
        assertThat(status(http2, scheme + token)).as("over HTTP/2").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer%s",
                "Bearer%s %s",
                "Bearer  %s  %s",
                "Bearer  Bearer %s",
                "Bearer, %s",
                "Bearer  ",
                "  ",
                "%s",
                "Bearer  .%s",
                "Bearer  %s.",
                "Bearer  %s,",
                "Bearer = %s",
                "DPoP  %s",
                "Basic  %s"
            })
    void what_is_no_bearer_token_is_401_however_many_blanks_are_in_it(String form) {
        assertThat(status(form.replace("%s", token(ForgedTokens.header("RS256"), claims(now())))))
                .isEqualTo(401);
    }

    private static JsonObject nonce() {
        return new JsonObject().put("nonce", "n-0S6_WzA2Mj");
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private JsonObject claims(long now) {
        return new JsonObject()
                .put("iss", ThrowawayIssuer.ISSUER)
                .put("aud", ThrowawayIssuer.AUDIENCE)
                .put("sub", driver.name())
                .put("iat", now - 3_600)
                .put("exp", now + 600);
    }

    private String token(JsonObject header, JsonObject claims) {
        return ForgedTokens.byRsa(header, claims, issuer.keys());
    }

    private int account(JsonObject header, JsonObject others) {
        return status("Bearer " + token(header, claims(now()).mergeIn(others)));
    }

    /** Returns an answer of the second that the token was made for: a slower answer says nothing. */
    private int inOneSecond(LongFunction<JsonObject> claims) {
        for (int each = 0; each < MOST_TRIES; each++) {
            long now = now();
            int status = status("Bearer " + token(ForgedTokens.header("RS256"), claims.apply(now)));
            if (now() == now) {
                return status;
            }
        }
        throw new AssertionError("No answer within a second, " + MOST_TRIES + " times");
    }

    private int status(String authorization) {
        return status(http, authorization);
    }

    private int status(HttpClient client, String authorization) {
        try {
            HttpRequest request = HttpRequest.newBuilder(service.resolve(Conversation.ACCOUNT))
                    .header("Authorization", authorization)
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
            return answer.statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
