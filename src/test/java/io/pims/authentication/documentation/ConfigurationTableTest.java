package io.pims.authentication.documentation;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the page's table of settings to the code: each key in one row, with the default that it really has. For our own
 * keys the effect comes from the code too: the Javadoc of the method, and the bounds of its annotations. With {@value WRITE}
 * set, their rows are written.
 */
class ConfigurationTableTest {

    private static final String WRITE = "pages.write";

    /** What stands for the default of a key that has to be set. */
    private static final String REQUIRED = "required";

    /** What stands for the default of a key that may be left out. */
    private static final String NONE = "none";

    /** {@code | `key` | `default` | effect |}, or a word without backquotes where there is no default. */
    private static final Pattern ROW =
            Pattern.compile("\\| `((?:pims|quarkus)\\.[^`]+)` \\| (?:`([^`]*)`|([a-z]+)) \\| (.+) \\|");

    private static final List<String> HEAD = List.of("| Key | Default | Effect |", "|---|---|---|");

    private static final Map<String, Property> SETTINGS = settings();

    private final List<String> rows = rows();
    private final Map<String, String> table = table();
    private final Properties application = application();

    ConfigurationTableTest() throws IOException {}

    @Test
    void the_table_has_every_key_of_the_service_as_the_code_has_it_and_no_other() throws IOException {
        Map<String, String> derived = derivedRows();
        if (Boolean.getBoolean(WRITE)) {
            write(derived);
            return;
        }
        Map<String, String> inTheTable = new TreeMap<>();
        rows.stream().filter(row -> isOurs(key(row))).forEach(row -> inTheTable.put(key(row), row));

        assertThat(minus(derived, inTheTable))
                .as("missing in the table; -D%s=true writes it", WRITE)
                .isEmpty();
        assertThat(minus(inTheTable, derived)).as("not so in the code").isEmpty();
    }

    /** Those of Quarkus that we set are part of what the service is; the other rows are to be set by the operator. */
    @Test
    void the_tables_keys_of_quarkus_have_the_defaults_that_we_ship() {
        Map<String, String> ours = new TreeMap<>();
        Map<String, String> inTheTable = new TreeMap<>();
        table.forEach((key, value) -> {
            String shipped = application.getProperty(key, application.getProperty("%prod." + key));
            if (key.startsWith("quarkus.") && shipped != null) {
                ours.put(key, shipped);
                inTheTable.put(key, value);
            }
        });

        assertThat(inTheTable).isNotEmpty().isEqualTo(ours);
    }

    @Test
    void every_row_of_the_table_is_read() {
        assertThat(rows).allSatisfy(row -> assertThat(row).matches(ROW)).hasSameSizeAs(table.keySet());
    }

    @Test
    void the_mappings_are_found() {
        Map<String, String> defaults = new TreeMap<>();
        SETTINGS.forEach((key, property) -> defaults.put(key, defaultOf(key, property)));

        assertThat(defaults)
                .containsEntry("pims.dispatch.retry.max-delay", "4s")
                .containsEntry("pims.smscode.keys", REQUIRED)
                .containsEntry("pims.sms.sender", NONE)
                .containsEntry("pims.sms.default-brand", "peugeot")
                .containsEntry("pims.sms.brands.*.sender", NONE)
                .containsKey("pims.sms.brands.*.name");
    }

    @Test
    void javadoc_and_bounds_are_read() throws IOException {
        Map<String, String> derived = derivedRows();

        assertThat(derived.get("pims.smscode.keys"))
                .startsWith("| `pims.smscode.keys` | required | HMAC-SHA-256 keys")
                .contains("`id:base64`", "[keys](keys.md)");
        assertThat(derived.get("pims.budget.velocity.country.hour-floor"))
                .contains("sixth")
                .endsWith(". 1 to 100,000,000. |");
        assertThat(derived.get("pims.dispatch.sends-per-second")).endsWith(". 1 to 10,000. |");
        assertThat(derived.get("pims.dispatch.breaker.failure-ratio")).endsWith(". 0.01 to 1. |");
        assertThat(derived.get("pims.smscode.lifetime")).endsWith(". 1 to 10 minutes. |");
        assertThat(derived.get("pims.trustedphonenumber.hold-after-change")).endsWith(". 0 to 30 days. |");
        assertThat(derived.get("pims.database.patience")).endsWith(". 100 ms to 1 minute. |");
        assertThat(derived.get("pims.receipt.window")).endsWith(". 10 s to 1 day. |");
    }

    private static List<String> rows() throws IOException {
        List<String> page = Page.CONFIGURE.text().lines().toList();
        int head = Collections.indexOfSubList(page, HEAD);
        assertThat(head).as("where the table begins").isNotNegative();
        return page.stream()
                .skip(head + HEAD.size())
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private Map<String, String> table() {
        Map<String, String> defaults = new TreeMap<>();
        for (String line : rows) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String value = row.group(2) == null ? row.group(3) : row.group(2);
                assertThat(defaults.put(row.group(1), value))
                        .as("%s is in one row only", row.group(1))
                        .isNull();
            }
        }
        return defaults;
    }

    private static Map<String, String> minus(Map<String, String> some, Map<String, String> others) {
        Map<String, String> rest = new TreeMap<>(some);
        rest.entrySet().removeAll(others.entrySet());
        return rest;
    }

    /** Every key that a mapping of the service reads, {@code *} for the key of a map. */
    private static Map<String, Property> settings() {
        Map<String, Property> settings = new TreeMap<>();
        for (JavaClass mapping : new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.pims.authentication")) {
            if (mapping.isAnnotatedWith(ConfigMapping.class)) {
                settings.putAll(ConfigMappings.getProperties(ConfigClass.configClass(mapping.reflect())));
            }
        }
        // A list is there twice: as one value with commas, and by index.
        settings.keySet().removeIf(key -> key.endsWith("[*]"));
        return settings;
    }

    /** The rows that the code makes, by key. */
    private Map<String, String> derivedRows() throws IOException {
        SettingsJavadoc javadoc = new SettingsJavadoc(
                SETTINGS.values().stream().map(Property::getMethod).toList());
        Map<String, String> derived = new TreeMap<>();
        SETTINGS.forEach((key, property) -> {
            String value = defaultOf(key, property);
            String effect = Stream.concat(
                            Stream.of(javadoc.cell(property.getMethod())), Bounds.of(property.getMethod()).stream())
                    .collect(joining(" "));
            String cell = List.of(REQUIRED, NONE).contains(value) ? value : "`" + value + "`";
            derived.put(key, "| `%s` | %s | %s |".formatted(key, cell, effect));
        });
        return derived;
    }

    /** Keeps the order of the page. A new key comes last, a former one goes. */
    private void write(Map<String, String> derived) throws IOException {
        Map<String, String> unwritten = new TreeMap<>(derived);
        List<String> written = new ArrayList<>();
        for (String row : rows) {
            String ours = unwritten.remove(key(row));
            if (ours != null) {
                written.add(ours);
            } else if (!isOurs(key(row))) {
                written.add(row);
            }
        }
        written.addAll(unwritten.values());
        Page.CONFIGURE.write(Page.CONFIGURE.text().replace(lines(rows), lines(written)));
    }

    private static String lines(List<String> rows) {
        return String.join("\n", rows);
    }

    /** The key of a row; empty if the row is malformed. */
    private static String key(String row) {
        Matcher matcher = ROW.matcher(row);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static boolean isOurs(String key) {
        return key.startsWith("pims.");
    }

    /** What we ship, else what the mapping says. */
    private String defaultOf(String key, Property property) {
        String shipped = shipped(key);
        if (!shipped.isEmpty()) {
            return shipped;
        }
        if (property.hasDefaultValue()) {
            return sameAsTold(property.getDefaultValue());
        }
        return isOptional(property) || isOfMap(key) ? NONE : REQUIRED;
    }

    /** Of an optional list the property is that of its elements. */
    private static boolean isOptional(Property property) {
        return property.isOptional() || property.getMethod().getReturnType() == Optional.class;
    }

    /** A map may be empty. */
    private static boolean isOfMap(String key) {
        return key.endsWith(".*");
    }

    /** The value in application.properties, for the keys of a map all of them in the order of the keys. */
    private String shipped(String key) {
        Pattern pattern = Pattern.compile(
                Stream.of(key.split("\\*", -1)).map(Pattern::quote).collect(joining("[^.]+")));
        return application.stringPropertyNames().stream()
                .filter(name -> pattern.matcher(name).matches())
                .sorted()
                .map(application::getProperty)
                .collect(joining(", "));
    }

    /** {@code 2S} is {@code 2s} to whoever reads it. */
    private static String sameAsTold(String value) {
        return value.matches("\\d+[A-Z]+") ? value.toLowerCase(Locale.ROOT) : value;
    }

    private static Properties application() throws IOException {
        Properties application = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            application.load(reader);
        }
        return application;
    }
}
