package io.pims.authentication.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What somebody takes from a page into a file or a shell is YAML, or a shell's. */
class SnippetsTest {

    static List<Path> pages() throws IOException {
        return Page.all();
    }

    @Test
    void there_is_something_to_look_at() throws IOException {
        assertThat(Page.INSTALL.markdown().blocks("sh")).isNotEmpty();
        assertThat(Page.all())
                .anySatisfy(
                        page -> assertThat(Markdown.read(page).blocks("yaml")).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void yaml_is_YAML(Path page) throws IOException {
        for (Markdown.Block block : Markdown.read(page).blocks("yaml")) {
            for (Object document : new Yaml().loadAll(block.text())) {
                assertThat(document).as(block.text()).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shell_is_what_bash_takes(Path page) throws IOException, InterruptedException {
        for (Markdown.Block block : Markdown.read(page).blocks("sh")) {
            assertThat(complaintsAbout(block.text())).as(block.text()).isEmpty();
        }
    }

    @Test
    void bash_complains_about_a_quote_that_does_not_end() throws IOException, InterruptedException {
        assertThat(complaintsAbout("echo 'it's'\n")).contains("unexpected EOF");
    }

    /** Reads it, and runs nothing. */
    private static String complaintsAbout(String lines) throws IOException, InterruptedException {
        Process bash;
        try {
            bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        } catch (IOException none) {
            return abort("no bash here");
        }
        bash.getOutputStream().write(lines.getBytes(UTF_8));
        bash.getOutputStream().close();
        String complaints = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor() == 0).as(complaints).isEqualTo(complaints.isEmpty());
        return complaints;
    }
}
