package io.pims.authentication.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lines of a page for a shell, and what the page says that they print.
 *
 * @param printed the block behind the lines, if it is not the next lines already
 */
record Example(String lines, Optional<Markdown.Block> printed) {

    private static final Set<String> OUTPUT = Set.of("text", "json", "http");

    /** Those that talk to the service, in the order of the page. */
    static List<Example> of(Markdown page) {
        List<Example> examples = new ArrayList<>();
        List<Markdown.Block> blocks = page.blocks();
        for (int i = 0; i < blocks.size(); i++) {
            Markdown.Block block = blocks.get(i);
            if (block.language().equals("sh") && block.text().contains("curl")) {
                Optional<Markdown.Block> next =
                        i + 1 < blocks.size() ? Optional.of(blocks.get(i + 1)) : Optional.empty();
                examples.add(new Example(block.text(), next.filter(output -> OUTPUT.contains(output.language()))));
            }
        }
        return examples;
    }
}
