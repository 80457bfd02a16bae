package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The SBOM that the build makes lists what is shipped; what only helped to build has no place there ("evidence"). */
@DisabledIfSystemProperty(
        named = "native.executable",
        matches = ".+",
        disabledReason = "an executable has no jars to compare the list with")
class BillOfMaterialsIT {

    private static final Path APPLICATION = Path.of(System.getProperty("quarkus.application.directory"));

    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        document = new ObjectMapper()
                .readTree(
                        APPLICATION.resolveSibling("quarkus-run-cyclonedx.json").toFile());
    }

    @Test
    void it_lists_every_jar_that_is_shipped_and_no_other() throws IOException {
        Set<String> shipped;
        try (Stream<Path> files = Files.walk(APPLICATION)) {
            shipped = files.filter(file -> file.toString().endsWith(".jar"))
                    .map(file -> APPLICATION.relativize(file).toString())
                    .collect(Collectors.toSet());
        }

        Set<String> listed = shipped()
                .flatMap(component -> component.at("/evidence/occurrences").findValuesAsText("location").stream())
                .filter(location -> location.endsWith(".jar"))
                .collect(Collectors.toSet());

        assertThat(document.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(listed).isEqualTo(shipped);
    }

    @Test
    void it_names_the_Vonage_SDK_by_version_and_checksum() {
        assertThat(shipped())
                .filteredOn(component -> component.path("purl").asText().startsWith("pkg:maven/com.vonage/server-sdk@"))
                .singleElement()
                .satisfies(component -> assertThat(component.path("hashes").findValuesAsText("alg"))
                        .contains("SHA-256"));
    }

    @Test
    void no_dependency_of_the_tests_is_in_it_and_none_of_the_sandbox_counts_as_shipped() {
        assertThat(components().map(component -> component.path("group").asText()))
                .doesNotContain(
                        "io.rest-assured", "com.tngtech.archunit", "net.jqwik", "org.assertj", "org.awaitility");
        assertThat(shipped().map(component -> component.path("group").asText()))
                .hasSizeGreaterThan(100)
                .doesNotContainAnyElementsOf(List.of("io.zonky.test", "io.zonky.test.postgres", "org.junit.jupiter"));
    }

    private static Stream<JsonNode> shipped() {
        return components().filter(component -> component.has("evidence"));
    }

    private static Stream<JsonNode> components() {
        return StreamSupport.stream(document.path("components").spliterator(), false);
    }
}
