package io.pims.authentication.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** As much of an IDE's {@code .http} file as ours needs: variables, requests, and what their scripts keep and expect. */
final class HttpFile {

    private static final Pattern DEFINITION = Pattern.compile("^@(\\w+) = (.*)$", Pattern.MULTILINE);
    private static final Pattern USE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern STATUS = Pattern.compile("response\\.status === (\\d+)");
    private static final Pattern KEPT =
            Pattern.compile("client\\.global\\.set\\(\"(\\w+)\", response\\.body\\.?([\\w.\\[\\]]+?)"
                    + "(?:\\.match\\(/(.+)/\\)\\[1])?\\);");

    private final List<String> sections;
    private final Map<String, String> variables = new HashMap<>();

    private HttpFile(String text) {
        DEFINITION.matcher(text).results().forEach(found -> variables.put(found.group(1), found.group(2)));
        sections = Stream.of(text.split("(?m)^###")).skip(1).toList();
    }

    static HttpFile read(Path file) throws IOException {
        return new HttpFile(Files.readString(file));
    }

    HttpFile with(String variable, String value) {
        assertThat(variables).containsKey(variable);
        variables.put(variable, value);
        return this;
    }

    /** Sends one request after the other; an answer with another status than its script expects ends it. */
    int run() {
        sections.forEach(this::send);
        return sections.size();
    }

    private void send(String section) {
        String title = section.lines().findFirst().orElseThrow().strip();
        String[] requestAndScript = section.substring(section.indexOf('\n')).split("(?m)^> \\{%", 2);
        assertThat(requestAndScript).as("script of '%s'", title).hasSize(2);
        String[] headAndBody = filledIn(requestAndScript[0].strip()).split("\n\n", 2);
        List<String> head = headAndBody[0].lines().toList();
        String[] line = head.get(0).split(" ");
        RequestSpecification request = RestAssured.given().urlEncodingEnabled(false);
        head.stream().skip(1).map(header -> header.split(": ", 2)).forEach(pair -> request.header(pair[0], pair[1]));
        if (headAndBody.length == 2) {
            request.body(headAndBody[1]);
        }

        Response answer = request.request(line[0], line[1]);

        Matcher status = STATUS.matcher(requestAndScript[1]);
        assertThat(status.find()).as("status expected by '%s'", title).isTrue();
        assertThat(answer.statusCode())
                .as("%s: %s", title, answer.asString())
                .isEqualTo(Integer.parseInt(status.group(1)));
        KEPT.matcher(requestAndScript[1]).results().forEach(kept -> {
            String value = answer.path(kept.group(2));
            variables.put(kept.group(1), kept.group(3) == null ? value : firstGroup(kept.group(3), value));
        });
    }

    private String filledIn(String text) {
        return USE.matcher(text).replaceAll(found -> {
            assertThat(variables).containsKey(found.group(1));
            return Matcher.quoteReplacement(variables.get(found.group(1)));
        });
    }

    private static String firstGroup(String regex, String text) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        assertThat(matcher.find()).as("%s in %s", regex, text).isTrue();
        return matcher.group(1);
    }
}
