package io.pims.authentication.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Every link of every page leads somewhere, and there is a way to every page. */
class LinksTest {

    private static final Path MENU = Path.of("src", "site", "site.xml");
    private static final int LONGEST_PAGE = 400;

    @Test
    void every_relative_link_and_its_anchor_is_there() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : Page.all()) {
            for (String target : Markdown.read(page).targets()) {
                if (!URI.create(target).isAbsolute() && !isThere(page, target)) {
                    broken.add(page + ": " + target);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void a_link_that_leads_nowhere_is_noticed() throws IOException {
        assertThat(isThere(Page.README.file(), "LICENSE")).isTrue();
        assertThat(isThere(Page.README.file(), "LICENCE")).isFalse();
        assertThat(isThere(Page.README.file(), "src/site/markdown/api.md")).isTrue();
        assertThat(isThere(Page.README.file(), "src/site/markdown/api.md#no-such-heading"))
                .isFalse();
        assertThat(isThere(Page.API.file(), "#no-such-heading")).isFalse();
        assertThat(isThere(Page.API.file(), "configure.md")).isTrue();
    }

    @Test
    void the_menu_of_the_site_has_every_page_once() throws Exception {
        List<String> items = new ArrayList<>();
        NodeList found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(MENU.toFile())
                .getElementsByTagName("item");
        for (int i = 0; i < found.getLength(); i++) {
            items.add(((Element) found.item(i)).getAttribute("href"));
        }
        items.removeIf(href -> href.contains("/"));

        assertThat(items)
                .containsExactlyInAnyOrderElementsOf(Page.pagesIn(Page.SITE)
                        .map(page -> page.getFileName().toString().replace(".md", ".html"))
                        .toList());
    }

    @Test
    void the_readme_leads_to_every_page() throws IOException {
        Set<Path> linked = Page.README.markdown().targets().stream()
                .filter(target -> !URI.create(target).isAbsolute())
                .map(target -> Path.of(target.split("#")[0]))
                .collect(Collectors.toSet());
        Set<Path> pages = new TreeSet<>(Page.all());
        pages.remove(Page.README.file());
        // The site's own first page, which says what the README says.
        pages.remove(Page.SITE.resolve("index.md"));

        assertThat(linked).containsAll(pages);
    }

    @Test
    void no_page_is_longer_than_one_reads() throws IOException {
        for (Path page : Page.pagesIn(Page.SITE).toList()) {
            assertThat(Files.readAllLines(page)).as(page.toString()).hasSizeLessThanOrEqualTo(LONGEST_PAGE);
        }
    }

    private static boolean isThere(Path page, String target) throws IOException {
        URI uri = URI.create(target);
        Path file = uri.getPath().isEmpty()
                ? page
                : page.resolveSibling(uri.getPath()).normalize();
        if (!Files.exists(file)) {
            return false;
        }
        return uri.getFragment() == null
                || Files.isRegularFile(file) && Markdown.read(file).anchors().contains(uri.getFragment());
    }
}
