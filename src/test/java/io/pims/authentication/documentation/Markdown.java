package io.pims.authentication.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A page as GitHub reads it: CommonMark with tables. */
final class Markdown {

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    /** In HTML that stands in a page: where it leads to, and where one can lead to it. */
    private static final Pattern TARGET = Pattern.compile("\\b(?:href|src|srcset)=\"([^\"]+)\"");

    private static final Pattern PLACE = Pattern.compile("\\b(?:id|name)=\"([^\"]+)\"");

    private final Node root;

    private Markdown(String text) {
        this.root = PARSER.parse(text);
    }

    static Markdown of(String text) {
        return new Markdown(text);
    }

    static Markdown read(Path file) throws IOException {
        return new Markdown(Files.readString(file));
    }

    /** A block between fences, and the word behind the first of them. */
    record Block(String language, String text) {}

    List<Block> blocks() {
        return all(FencedCodeBlock.class)
                .map(block -> new Block(block.getInfo(), block.getLiteral()))
                .toList();
    }

    List<Block> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** Of links and pictures, as they stand there. */
    List<String> targets() {
        return Stream.of(
                        all(Link.class).map(Link::getDestination),
                        all(Image.class).map(Image::getDestination),
                        html().flatMap(html -> found(TARGET, html)))
                .flatMap(targets -> targets)
                .toList();
    }

    /** What may stand behind the {@code #} of a link to this page. */
    Set<String> anchors() {
        IdGenerator ids = IdGenerator.builder().build();
        Set<String> anchors = new HashSet<>();
        all(Heading.class).forEach(heading -> anchors.add(ids.generateId(text(heading))));
        html().flatMap(html -> found(PLACE, html)).forEach(anchors::add);
        return anchors;
    }

    /** The rows below this head, cell by cell; none if there is no such table. */
    List<List<String>> table(String... head) {
        return all(TableBlock.class)
                .map(Markdown::rows)
                .filter(rows -> rows.get(0).equals(List.of(head)))
                .findFirst()
                .map(rows -> rows.subList(1, rows.size()))
                .orElse(List.of());
    }

    /** What is below this head in each table that has it, row by row. */
    List<String> column(String head) {
        return all(TableBlock.class)
                .map(Markdown::rows)
                .filter(rows -> rows.get(0).contains(head))
                .flatMap(rows ->
                        rows.stream().skip(1).map(row -> row.get(rows.get(0).indexOf(head))))
                .toList();
    }

    private static List<List<String>> rows(TableBlock table) {
        return all(TableRow.class, table)
                .map(row -> all(TableCell.class, row).map(Markdown::text).toList())
                .toList();
    }

    /** What is read, without what it is marked up by. */
    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        walk(node, each -> {
            if (each instanceof Text words) {
                text.append(words.getLiteral());
            } else if (each instanceof Code code) {
                text.append(code.getLiteral());
            } else if (each instanceof SoftLineBreak) {
                text.append(' ');
            }
        });
        return text.toString();
    }

    private Stream<String> html() {
        return Stream.concat(
                all(HtmlBlock.class).map(HtmlBlock::getLiteral),
                all(HtmlInline.class).map(HtmlInline::getLiteral));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult result) -> result.group(1));
    }

    private <N extends Node> Stream<N> all(Class<N> type) {
        return all(type, root);
    }

    private static <N extends Node> Stream<N> all(Class<N> type, Node below) {
        List<N> all = new ArrayList<>();
        walk(below, node -> {
            if (type.isInstance(node)) {
                all.add(type.cast(node));
            }
        });
        return all.stream();
    }

    private static void walk(Node node, Consumer<Node> visitor) {
        visitor.accept(node);
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            walk(child, visitor);
        }
    }
}
