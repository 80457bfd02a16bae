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

/** Holds the page's table of settings to the code: each key in one row, with the default that it really has. */
class ConfigurationTableTest {

    /** What stands for the default of a key that has to be set. */
    private static final String REQUIRED = "required";

    /** What stands for the default of a key that may be left out. */
    private static final String NONE = "none";

    /** {@code | `key` | `default` | effect |}, or a word without backquotes where there is no default. */
    private static final Pattern ROW =
            Pattern.compile("\\| `((?:pims|quarkus)\\.[^`]+)` \\| (?:`([^`]*)`|([a-z]+)) \\| (.+) \\|");

    private static final List<String> HEAD = List.of("| Key | Default | Effect |", "|---|---|---|");

    private final List<String> rows = rows();
    private final Map<String, String> table = table();
    private final Properties application = application();

    ConfigurationTableTest() throws IOException {}

    @Test
    void the_table_has_every_key_of_the_service_with_its_default_and_no_other() {
        Map<String, String> inTheTable = new TreeMap<>(table);
        inTheTable.keySet().removeIf(key -> !key.startsWith("pims."));

        assertThat(minus(settings(), inTheTable)).as("missing in the table").isEmpty();
        assertThat(minus(inTheTable, settings())).as("not so in the code").isEmpty();
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
        assertThat(settings())
                .containsEntry("pims.dispatch.retry.max-delay", "4s")
                .containsEntry("pims.smscode.keys", REQUIRED)
                .containsEntry("pims.sms.sender", NONE)
                .containsEntry("pims.sms.default-brand", "peugeot")
                .containsEntry("pims.sms.brands.*.sender", NONE)
                .containsKey("pims.sms.brands.*.name");
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

    /** Every key that a mapping of the service reads, {@code *} for the key of a map, and its default. */
    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        for (JavaClass mapping : new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.pims.authentication")) {
            if (mapping.isAnnotatedWith(ConfigMapping.class)) {
                ConfigMappings.getProperties(ConfigClass.configClass(mapping.reflect()))
                        .forEach((key, property) -> {
                            // A list is there twice: as one value with commas, and by index.
                            if (!key.endsWith("[*]")) {
                                settings.put(key, defaultOf(key, property));
                            }
                        });
            }
        }
        return settings;
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
        return isOptional(property) ? NONE : REQUIRED;
    }

    /** Of an optional list the property is that of its elements. */
    private static boolean isOptional(Property property) {
        return property.isOptional() || property.getMethod().getReturnType() == Optional.class;
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
