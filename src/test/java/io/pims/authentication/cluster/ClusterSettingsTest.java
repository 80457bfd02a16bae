package io.pims.authentication.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The service knows every setting that it is given in the cluster, and is given every one that it requires. */
class ClusterSettingsTest {

    private static final String APP = "pims-authentication";
    private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");

    private static final List<Class<?>> MAPPINGS = mappings();

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void the_service_knows_every_key_of_ConfigMap_and_Secret(Overlay overlay) throws IOException {
        assertThat(known())
                .hasSizeGreaterThan(100)
                .containsAll(environment(overlay).keySet());
    }

    @ParameterizedTest
    @MethodSource("io.pims.authentication.cluster.Overlay#all")
    void with_them_the_service_has_all_that_it_requires(Overlay overlay) {
        assertThatCode(() -> read(environment(overlay))).doesNotThrowAnyException();
        assertThat(environment(overlay))
                .containsKeys(
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "QUARKUS_DATASOURCE_USERNAME",
                        "QUARKUS_DATASOURCE_PASSWORD",
                        "PIMS_RECEIPT_SECRET",
                        "PIMS_SMS_SENDER",
                        "PIMS_SMS_VONAGE_API_KEY",
                        "PIMS_SMS_VONAGE_API_SECRET");
    }

    /** One without the other stops the start. */
    @Test
    void the_Messages_API_has_an_application_and_its_private_key_and_the_SMS_API_neither() {
        assertThat(environment(Overlay.productionWith("messages-api")))
                .containsEntry("PIMS_SMS_VONAGE_API", "messages")
                .containsKeys("PIMS_SMS_VONAGE_APPLICATION_ID", "PIMS_SMS_VONAGE_PRIVATE_KEY");
        assertThat(environment(Overlay.named("production")))
                .doesNotContainKeys(
                        "PIMS_SMS_VONAGE_API", "PIMS_SMS_VONAGE_APPLICATION_ID", "PIMS_SMS_VONAGE_PRIVATE_KEY");
    }

    @Test
    void a_required_setting_that_is_missing_is_found() {
        Map<String, String> environment = environment(Overlay.named("production"));

        assertThat(List.of("PIMS_TOKEN_ISSUER", "PIMS_SMSCODE_KEYS", "PIMS_PINCODE_PEPPERS"))
                .allSatisfy(key -> {
                    Map<String, String> without = new HashMap<>(environment);
                    assertThat(without.remove(key)).isNotNull();
                    assertThatThrownBy(() -> read(without)).hasMessageContaining(variableToSetting(key));
                });
    }

    /** What a replica finds in its environment, with a stand-in for each secret. */
    private static Map<String, String> environment(Overlay overlay) {
        Map<String, String> environment = new HashMap<>();
        overlay.get("ConfigMap", APP + "-settings")
                .path("data")
                .fields()
                .forEachRemaining(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        overlay.get("Deployment", APP)
                .at("/spec/template/spec/containers/0/env")
                .forEach(variable -> environment.put(variable.path("name").asText(), "secret"));
        overlay.find("ExternalSecret", APP)
                .map(secret -> secret.at("/spec/data").findValuesAsText("secretKey"))
                .orElse(madeByHand())
                .forEach(key -> environment.put(key, "secret"));
        return environment;
    }

    /** For development; the page about the installation tells how. */
    private static List<String> madeByHand() {
        return List.of(
                "PIMS_PINCODE_PEPPERS",
                "PIMS_RECEIPT_SECRET",
                "PIMS_SMSCODE_KEYS",
                "PIMS_SMS_VONAGE_API_KEY",
                "PIMS_SMS_VONAGE_API_SECRET",
                "PIMS_TRUSTEDPHONENUMBER_ENCRYPTION_KEYS",
                "PIMS_TRUSTEDPHONENUMBER_HASH_KEY",
                "QUARKUS_DATASOURCE_PASSWORD");
    }

    /** Reads all typed settings, as the service does at its start. */
    private static void read(Map<String, String> environment) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withProfile("prod")
                .withSources(
                        new PropertiesConfigSource(Overlay.properties(PROPERTIES), PROPERTIES.toString(), 250),
                        new EnvConfigSource(environment, 300));
        MAPPINGS.forEach(builder::withMapping);
        builder.build();
    }

    private static Set<String> known() throws IOException {
        Set<String> known = new HashSet<>();
        MAPPINGS.stream()
                .map(ConfigClass::configClass)
                .flatMap(mapping -> ConfigMappings.getProperties(mapping).keySet().stream())
                .map(ClusterSettingsTest::variable)
                .forEach(known::add);
        // Each extension brings the description of its settings.
        for (URL model : Collections.list(ClusterSettingsTest.class
                .getClassLoader()
                .getResources("META-INF/quarkus-config-doc/quarkus-config-model.json"))) {
            addRunTimeVariables(new ObjectMapper().readTree(model), known);
        }
        return known;
    }

    /** One that is fixed at build time would be without effect. */
    private static void addRunTimeVariables(JsonNode node, Set<String> known) {
        if (node.path("phase").asText().equals("RUN_TIME")) {
            known.add(node.at("/path/environmentVariable").asText());
        }
        node.forEach(child -> addRunTimeVariables(child, known));
    }

    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static String variableToSetting(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static List<Class<?>> mappings() {
        Stream<JavaClass> classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages("io.pims.authentication").stream();
        return classes.filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                .<Class<?>>map(JavaClass::reflect)
                .toList();
    }
}
