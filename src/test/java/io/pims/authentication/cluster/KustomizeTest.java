package io.pims.authentication.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where there is a {@code kubectl}, {@link Overlay} is held against it. */
class KustomizeTest {

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void kubectl_makes_the_same_of_an_overlay(Overlay overlay) throws IOException, InterruptedException {
        String rendered = kubectlKustomize(overlay).replaceAll("(pims-authentication-settings)-[a-z0-9]{10}\\b", "$1");

        Set<JsonNode> expected = new HashSet<>(Overlay.parse(rendered));

        assertThat(new HashSet<JsonNode>(overlay.documents())).isEqualTo(expected);
    }

    private static String kubectlKustomize(Overlay overlay) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                "kubectl",
                "kustomize",
                Overlay.K8S.resolve("overlays").resolve(overlay.name()).toString());
        Process process;
        try {
            process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException none) {
            return abort("no kubectl here");
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
