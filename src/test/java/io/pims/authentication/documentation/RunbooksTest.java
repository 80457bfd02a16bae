package io.pims.authentication.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert finds what to do. */
class RunbooksTest {

    private static final Path ALERTS = Path.of("k8s", "overlays", "production", "alerts.yaml");

    @Test
    void every_alert_leads_to_its_section_of_the_page() throws IOException {
        JsonNode rules = new ObjectMapper(new YAMLFactory()).readTree(ALERTS.toFile());
        List<URI> runbooks =
                rules.findValuesAsText("runbook_url").stream().map(URI::create).toList();
        List<String> sections = rules.findValuesAsText("alert").stream()
                .map(alert -> alert.toLowerCase(Locale.ROOT))
                .toList();

        assertThat(sections).hasSizeGreaterThan(10);
        String page = "/" + Page.ALERTS.file().getFileName();
        assertThat(runbooks).allSatisfy(url -> assertThat(url.getPath()).endsWith(page));
        assertThat(runbooks.stream().map(URI::getFragment)).containsExactlyElementsOf(sections);
        assertThat(Page.ALERTS.markdown().anchors()).containsAll(sections);
    }
}
