package io.pims.authentication.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where there is a {@code kubectl} or a {@code kustomize}, {@link Overlay} is held against it. */
class KustomizeTest {

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void Kustomize_makes_the_same_of_an_overlay(Overlay overlay) throws IOException, InterruptedException {
        String rendered = rendered(overlay).replaceAll("(pims-authentication-settings)-[a-z0-9]{10}\\b", "$1");

        Set<JsonNode> expected = new HashSet<>(Overlay.parse(rendered));

        assertThat(new HashSet<JsonNode>(overlay.documents())).isEqualTo(expected);
    }

    private static String rendered(Overlay overlay) throws IOException, InterruptedException {
        String folder = overlay.folder().toString();
        for (List<String> command :
                List.of(List.of("kubectl", "kustomize", folder), List.of("kustomize", "build", folder))) {
            Process process;
            try {
                process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
            } catch (IOException none) {
                continue;
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return output;
        }
        return abort("neither kubectl nor kustomize here");
    }
}
