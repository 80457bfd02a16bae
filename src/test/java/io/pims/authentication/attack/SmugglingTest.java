package io.pims.authentication.attack;

import static io.pims.authentication.TestDriver.SMSCODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.pims.authentication.Conversation;
import io.pims.authentication.Database;
import io.pims.authentication.TestDriver;
import io.pims.authentication.attack.Wire.Reply;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests of which a proxy before us may see another end than we do: what is behind such an end is not executed. Known by
 * its effect, an SMS that the victim did not ask for.
 */
@QuarkusTest
class SmugglingTest {

    private static final String BODY = "{\"type\":\"nope\"}";
    private static final String CHUNK = Integer.toHexString(BODY.length());
    private static final String TE = "Transfer-Encoding: chunked\r\n";
    private static final String LENGTH = "Content-Length: " + BODY.length() + "\r\n";
    private static final String CHUNKS = CHUNK + "\r\n" + BODY + "\r\n0\r\n\r\n";

    @TestHTTPResource
    URI service;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Database database;

    private Wire wire;
    private TestDriver attacker;
    private TestDriver victim;

    @BeforeEach
    void somebody_sits_between() {
        wire = new Wire(service);
        attacker = TestDriver.withNumber(issuer);
        victim = TestDriver.withNumber(issuer);
    }

    /** Headers of the outer request, and what follows them before the smuggled one. */
    private static final Map<String, List<String>> SHAPES = new TreeMap<>(Map.ofEntries(
            Map.entry("length and chunks", List.of(LENGTH + TE, CHUNKS)),
            Map.entry("chunks and length", List.of(TE + "Content-Length: 4\r\n", CHUNKS)),
            Map.entry("length in chunks of nothing", List.of(LENGTH + TE, "0\r\n\r\n")),
            Map.entry("two encodings", List.of(TE + "Transfer-Encoding: identity\r\n", CHUNKS)),
            Map.entry("the same encoding twice", List.of(TE + TE, CHUNKS)),
            Map.entry("an unknown encoding", List.of("Transfer-Encoding: xchunked\r\n", CHUNKS)),
            Map.entry("an unknown encoding beside a length", List.of("Transfer-Encoding: xchunked\r\n" + LENGTH, BODY)),
            Map.entry("identity", List.of("Transfer-Encoding: identity\r\n", BODY)),
            Map.entry("identity beside a length", List.of("Transfer-Encoding: identity\r\n" + LENGTH, BODY)),
            Map.entry("an empty encoding", List.of("Transfer-Encoding: \r\n" + LENGTH, BODY)),
            Map.entry("gzip, then chunks", List.of("Transfer-Encoding: gzip, chunked\r\n", CHUNKS)),
            Map.entry("chunks, not at the end", List.of("Transfer-Encoding: chunked, identity\r\n", CHUNKS)),
            Map.entry("quoted chunks", List.of("Transfer-Encoding: \"chunked\"\r\n" + LENGTH, BODY)),
            Map.entry("a control character before chunked", List.of("Transfer-Encoding: \u000bchunked\r\n", CHUNKS)),
            Map.entry("two lengths", List.of(LENGTH + "Content-Length: 3\r\n", BODY)),
            Map.entry("a list of lengths", List.of("Content-Length: 15, 3\r\n", BODY)),
            Map.entry("a signed length", List.of("Content-Length: +15\r\n", BODY)),
            Map.entry("a negative length", List.of("Content-Length: -1\r\n", BODY)),
            Map.entry("a hexadecimal length", List.of("Content-Length: 0x0f\r\n", BODY)),
            Map.entry("a length in Arabic digits", List.of("Content-Length: \u00d9\u00a1\u00d9\u00a5\r\n", BODY)),
            Map.entry("an empty length", List.of("Content-Length: \r\n", BODY)),
            Map.entry("a length beyond 64 bits", List.of("Content-Length: 99999999999999999999\r\n", BODY)),
            Map.entry("a folded encoding", List.of(LENGTH + "Transfer-Encoding:\r\n chunked\r\n", BODY)),
            Map.entry("a space before the colon of the encoding", List.of("Transfer-Encoding : chunked\r\n", CHUNKS)),
            Map.entry("a space before the colon of the length", List.of("Content-Length : 15\r\n", BODY)),
            Map.entry("a bare CR before the length", List.of("X: a\rContent-Length: 15\r\n", BODY)),
            Map.entry("a bare LF before the encoding", List.of("X: a\n" + TE + LENGTH, BODY)),
            Map.entry("a NUL in a header", List.of("X: a\u0000b\r\n" + LENGTH, BODY)),
            Map.entry("a header without a colon", List.of("X\r\n" + LENGTH, BODY)),
            Map.entry("two hosts", List.of("Host: elsewhere\r\n" + LENGTH, BODY)),
            Map.entry("a negative chunk", List.of(TE, "-1\r\n" + BODY + "\r\n0\r\n\r\n")),
            Map.entry("a chunk with 0x", List.of(TE, "0xf\r\n" + BODY + "\r\n0\r\n\r\n")),
            Map.entry("a chunk that is no number", List.of(TE, "zz\r\n" + BODY + "\r\n0\r\n\r\n")),
            Map.entry("a chunk beyond 32 bits", List.of(TE, "10000000f\r\n" + BODY + "\r\n0\r\n\r\n")),
            Map.entry("a chunk without an end", List.of(TE, CHUNK + "\r\n" + BODY + "XX0\r\n\r\n")),
            Map.entry("chunks in lines of LF", List.of(TE, CHUNK + "\n" + BODY + "\n0\n\n")),
            Map.entry("an extension ended by LF", List.of(TE, CHUNK + ";\n" + BODY + "\r\n0\r\n\r\n"))));

    static Stream<String> shapes() {
        return SHAPES.keySet().stream();
    }

    /** Without this the tests below would prove nothing. */
    @Test
    void the_victims_request_is_executed_where_it_is_really_one() {
        Reply reply = wire.say(head(attacker, "") + LENGTH + "\r\n" + BODY + victimsRequest());

        assertThat(reply.statuses()).containsExactly(400, 202);
        assertThat(transactionsOfTheVictim()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void what_is_smuggled_is_not_executed(String shape) {
        List<String> parts = SHAPES.get(shape);

        Reply reply = wire.say(head(attacker, parts.get(0)) + "\r\n" + parts.get(1) + victimsRequest());

        assertThat(reply.statuses()).as(reply.text()).isSubsetOf(400);
        assertThat(transactionsOfTheVictim()).isZero();
    }

    @Test
    void a_head_in_lines_of_LF_is_refused() {
        String head = head(attacker, LENGTH + "\r\n").replace("\r\n", "\n");

        Reply reply = wire.say(head + BODY + victimsRequest());

        assertThat(reply.statuses()).isSubsetOf(400);
        assertThat(transactionsOfTheVictim()).isZero();
    }

    /** Read as one: it is its body, not a request. */
    @Test
    void a_body_of_a_GET_is_not_executed() {
        String smuggled = victimsRequest();
        Reply reply = wire.say("GET " + Conversation.ACCOUNT + " HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer "
                + attacker.token() + "\r\nConnection: close\r\nContent-Length: " + smuggled.length() + "\r\n\r\n"
                + smuggled);

        assertThat(reply.statuses()).containsExactly(200);
        assertThat(transactionsOfTheVictim()).isZero();
    }

    @Test
    void a_chunk_of_HTTP_1_0_is_refused() {
        String head = head(attacker, TE).replace("HTTP/1.1", "HTTP/1.0");

        Reply reply = wire.say(head + "Connection: keep-alive\r\n\r\n" + CHUNKS + victimsRequest());

        assertThat(reply.statuses()).isSubsetOf(400);
        assertThat(transactionsOfTheVictim()).isZero();
    }

    private static String head(TestDriver driver, String headers) {
        return "POST " + SMSCODE + " HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + driver.token() + "\r\n" + headers;
    }

    private String victimsRequest() {
        String body = "{\"type\":\"resetPIN\"}";
        return head(victim, "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n") + body;
    }

    /** Requests are recorded in their order, so that the attacker's is behind whatever was smuggled. */
    private long transactionsOfTheVictim() {
        attacker.asksForCodeAndWaits(15).then().body("status", equalTo("SUCCEEDED"));
        return database.count("SELECT count(*) FROM sms_transaction WHERE user_id = $1", victim.name());
    }
}
