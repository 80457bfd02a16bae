package io.pims.authentication.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pims.authentication.sandbox.FakeVonage;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The lines that a page has for a shell print what it says, pasted one block after the other. They make drivers of their
 * own, so that they can be pasted again.
 */
@QuarkusTest
class ExamplesTest {

    /** Where the pages say that the service is. */
    private static final String ON_THE_PAGE = "http://localhost:8080";

    private static final int PATIENCE_SECONDS = 60;

    @Inject
    FakeVonage vonage;

    @TestHTTPResource
    String service;

    @TempDir
    Path outputs;

    @BeforeEach
    void the_provider_is_as_usual() {
        vonage.reset();
    }

    @ParameterizedTest
    @EnumSource(names = {"README", "API", "PRIVACY"})
    void what_is_pasted_into_a_shell_prints_what_the_page_says(Page page) throws Exception {
        assumeTrue(isThere("bash") && isThere("curl"), "no bash or no curl here");
        List<Example> examples = Example.of(page.markdown());
        assertThat(examples).anySatisfy(example -> assertThat(example.printed()).isPresent());

        paste(examples);

        Printed printed = new Printed();
        for (int i = 0; i < examples.size(); i++) {
            String output = Files.readString(outputs.resolve(i + ".out"));
            assertThat(outputs.resolve(i + ".ok")).as(output).exists();
            Optional<String> difference = examples.get(i)
                    .printed()
                    .flatMap(expected -> printed.difference(expected, output.replace(local(), ON_THE_PAGE)));
            assertThat(difference).as(examples.get(i).lines()).isEmpty();
        }
    }

    /** All into one shell, as variables of one block are used in the next. */
    private void paste(List<Example> examples) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < examples.size(); i++) {
            script.append("{\n")
                    .append(examples.get(i).lines().replace(ON_THE_PAGE, local()))
                    .append("\n} > %1$s.out 2>&1 && : > %1$s.ok%n".formatted(i));
        }
        Process shell = new ProcessBuilder("bash", "-c", script.toString())
                .directory(outputs.toFile())
                .redirectErrorStream(true)
                .redirectOutput(outputs.resolve("shell").toFile())
                .start();
        shell.getOutputStream().close();
        try {
            assertThat(shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            shell.destroyForcibly();
        }
        assertThat(outputs.resolve("shell")).usingCharset(UTF_8).isEmptyFile();
    }

    private String local() {
        return service.replaceAll("/$", "");
    }

    private static boolean isThere(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        }
    }
}
