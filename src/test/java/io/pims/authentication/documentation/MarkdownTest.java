package io.pims.authentication.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {

    private static final Markdown PAGE = Markdown.of("""
            # Sending, again

            ## `-Dexperiment=` and *more*
            ## Sending, again

            [a](run.md#probes) ![b](c.svg) <a id="tls"></a>**TLS**, not `[d](e.md)`

            <picture><source srcset="dark.png"><img src="light.png"></picture>

            | Code | Label |
            |---|---|
            | 2102 | `a\\|b` [c](d.md) |

            ```sh
            curl [x](y.md)
            ```
            """);

    @Test
    void anchors_are_those_that_GitHub_makes() {
        assertThat(PAGE.anchors())
                .containsExactlyInAnyOrder("sending-again", "-dexperiment-and-more", "sending-again-1", "tls");
    }

    @Test
    void targets_are_links_and_pictures_and_nothing_in_code() {
        assertThat(PAGE.targets()).containsExactlyInAnyOrder("run.md#probes", "c.svg", "d.md", "dark.png", "light.png");
    }

    @Test
    void a_table_is_found_by_its_head() {
        assertThat(PAGE.table("Code", "Label")).containsExactly(List.of("2102", "a|b c"));
        assertThat(PAGE.table("Code")).isEmpty();
        assertThat(PAGE.column("Code")).containsExactly("2102");
    }

    @Test
    void a_block_has_its_language() {
        assertThat(PAGE.blocks("sh")).containsExactly(new Markdown.Block("sh", "curl [x](y.md)\n"));
        assertThat(PAGE.blocks("json")).isEmpty();
    }
}
