package io.pims.authentication.sms.vonage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.monitoring.WholeLog;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that is logged, by whomever, with every level raised as far as it goes. */
@ParameterizedClass
@EnumSource
class VonageLogTest {

    /** A signed token begins with eyJ; of the private key the second line will do. */
    private static final Pattern SECRET = Pattern.compile("\\b123456\\b|612345678|" + TestVonage.SECRET + "|"
            + Base64.getEncoder().encodeToString((TestVonage.KEY + ":" + TestVonage.SECRET).getBytes(UTF_8)) + "|eyJ|"
            + Pattern.quote(TestVonage.PRIVATE_KEY.lines().skip(1).findFirst().orElseThrow()));

    @RegisterExtension
    final TestVonage vonage;

    VonageLogTest(VonageApi api) {
        vonage = new TestVonage(api);
    }

    @RegisterExtension
    final WholeLog log = new WholeLog(
            "com.vonage",
            "com.vonage.client.AbstractMethod",
            "com.vonage.client.messages.MessagesClient$1Endpoint",
            "com.vonage.client.sms.SmsClient$1Endpoint",
            "org.apache.http",
            "org.apache.http.wire",
            "org.apache.http.headers");

    @Test
    void neither_code_nor_number_nor_secret_is_logged_whatever_happens() throws Exception {
        String echo = "to=33612345678&text=123456&api_secret=" + TestVonage.SECRET;
        for (ScriptedVonage.Answer answer : List.of(
                vonage.accepted(),
                ScriptedVonage.status("0"),
                ScriptedVonage.status("7"),
                ScriptedVonage.problem("422 Unprocessable Entity", "1040"),
                ScriptedVonage.problem("401 Unauthorized", "unauthorized"),
                ScriptedVonage.http("402 Payment Required", "{\"title\":\"" + echo + "\"}"),
                ScriptedVonage.http("202 Accepted", "{\"message_uuid\":\"" + echo + "\"}"),
                ScriptedVonage.http("500 Internal Server Error", echo),
                ScriptedVonage.http("401 Unauthorized", echo),
                ScriptedVonage.http("200 OK", echo),
                ScriptedVonage.raw(echo),
                ScriptedVonage.raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + echo),
                ScriptedVonage.drip("HTTP/1.1 200 OK\r\n\r\n" + echo),
                ScriptedVonage.hang())) {
            vonage.send(answer);
        }
        try (ScriptedVonage provider = new ScriptedVonage(vonage.accepted())) {
            VonageSmsSender sender = vonage.sender(
                    provider.uri(),
                    1,
                    "pims.sms.vonage.api-key",
                    TestVonage.KEY,
                    "pims.sms.vonage.api-secret",
                    TestVonage.SECRET,
                    "pims.sms.vonage.application-id",
                    "",
                    "pims.sms.vonage.private-key",
                    "");
            sender.send(TestVonage.SMS, TestVonage.PERMIT).await().indefinitely();
        }
        vonage.send(URI.create("http://127.0.0.1:1"));
        vonage.send(URI.create("https://sms.invalid"));

        assertThat(log.lines())
                .as("the HTTP client was heard at all")
                .anyMatch(line -> line.startsWith("org.apache.http") && line.contains("127.0.0.1"));
        assertThat(log.lines().stream().filter(SECRET.asPredicate())).isEmpty();
    }

    /** Else the test above would look for something that is never there. */
    @Test
    void what_is_looked_for_is_in_what_is_sent() throws Exception {
        ScriptedVonage provider = vonage.provider(vonage.accepted());

        vonage.send(provider.uri());

        ScriptedVonage.Request request = provider.request();
        assertThat(request.head()).containsPattern(SECRET);
        assertThat(request.body()).containsPattern(SECRET);
    }
}
