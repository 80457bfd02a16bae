package io.pims.authentication.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pims.authentication.sandbox.UsedSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After all other tests: looks at what they left in the logs. Beside a full run there is nothing to look at. */
class OutputIT {

    private static final Path TESTS = Path.of("target", "logs");
    private static final Path REPLICAS = Path.of("target", "replicas");
    private static final Path SECRETS = Path.of(System.getProperty(UsedSecrets.FILE));

    /** The PostgreSQL client prints the stack of a connection that broke to the standard error, past any log. */
    private static final Pattern BESIDE_THE_LOG = Pattern.compile(
            "(io\\.vertx\\.pgclient\\.PgException|java\\.io\\.IOException|java\\.net\\.SocketException|Caused by): .*"
                    + "|\\t(at|\\.\\.\\.) .*");

    /** Of one transaction. A sender that is not set up, a budget or a count of expired ones is of none. */
    private static final Pattern OF_A_TRANSACTION = Pattern.compile(
            "(?s)(SMS handed over|SMS of transaction|No SMS: \\d|Rescued |Refused |Left for the rescuer).*");

    private final ObjectMapper json = new ObjectMapper();

    @BeforeEach
    void tests_ran() {
        assumeThat(SECRETS).exists();
    }

    @Test
    void no_number_code_PIN_or_token_that_a_test_used_is_in_any_log() throws IOException {
        SecretScan scan = new SecretScan(Files.readAllLines(SECRETS));
        List<String> found = new ArrayList<>();

        for (Path log : logs(TESTS, REPLICAS)) {
            try (Stream<String> lines = Files.lines(log)) {
                lines.forEach(
                        line -> scan.in(line).ifPresent(secret -> found.add(secret + " in " + log + ": " + line)));
            }
        }

        assertThat(scan.sizes()).as("codes and PINs, numbers, tokens").allMatch(size -> size > 0);
        assertThat(found).isEmpty();
    }

    @Test
    void a_line_of_a_replica_is_one_event_in_JSON_and_says_whose_it_is() throws IOException {
        List<String> others = new ArrayList<>();
        List<String> anonymous = new ArrayList<>();

        for (Path log : logs(REPLICAS)) {
            List<String> lines = Files.readAllLines(log);
            // One that ends over its settings says so before there is a log.
            boolean came = lines.stream().anyMatch(line -> line.startsWith("{"));
            for (String line : came ? lines : List.<String>of()) {
                JsonNode event = parse(line);
                if (BESIDE_THE_LOG.matcher(line).matches()) {
                    continue;
                }
                if (!event.hasNonNull("timestamp") || !event.hasNonNull("level") || !event.hasNonNull("message")) {
                    others.add(line);
                } else if (OF_A_TRANSACTION
                                .matcher(event.path("message").asText())
                                .matches()
                        && event.at("/mdc/transactionId").asText().length() != 36) {
                    anonymous.add(line);
                }
            }
        }

        assertThat(others).isEmpty();
        assertThat(anonymous).isEmpty();
    }

    private JsonNode parse(String line) {
        try {
            return json.readTree(line);
        } catch (JsonProcessingException notJson) {
            return json.missingNode();
        }
    }

    private static List<Path> logs(Path... folders) throws IOException {
        List<Path> logs = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.toString().endsWith(".log")).forEach(logs::add);
                }
            }
        }
        return logs;
    }
}
