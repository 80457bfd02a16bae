package io.pims.authentication.facade;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Looks into the jar that applications get. */
class ClientArtefactIT {

    private static final Path BUILT =
            Path.of(System.getProperty("quarkus.application.directory")).getParent();
    private static final String FACADE = "io/pims/authentication/facade/";

    @Test
    void it_holds_the_facade_and_nothing_else() throws IOException {
        List<String> compiled;
        try (Stream<Path> files = Files.list(BUILT.resolve("classes").resolve(FACADE))) {
            compiled = files.map(file -> FACADE + file.getFileName()).toList();
        }

        try (JarFile jar = new JarFile(client())) {
            List<String> files = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName())
                    .toList();

            assertThat(compiled).contains(FACADE + "Pims.class");
            assertThat(files).contains("META-INF/MANIFEST.MF").hasSize(compiled.size() + 1);
            assertThat(files).containsAll(compiled);
        }
    }

    @Test
    void it_needs_the_JDK_and_Jackson_only() throws IOException {
        try (JarFile jar = new JarFile(client())) {
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "com.fasterxml.jackson.core..",
                            "com.fasterxml.jackson.databind..",
                            "io.pims.authentication.facade")
                    .because("an application must not get the server with its client")
                    .check(new ClassFileImporter().importJar(jar));
        }
    }

    @Test
    void it_runs_beside_nothing_but_Jackson() throws Exception {
        URL[] application = {
            client().toURI().toURL(), jarOf(ObjectMapper.class), jarOf(JsonParser.class), jarOf(JsonProperty.class)
        };
        Supplier<String> token = () -> "token";
        Map<String, Object> settings = Map.of("service", ScriptedService.nobody(), "token", token, "patience", "PT0S");

        try (URLClassLoader loader = new URLClassLoader(application, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass("io.pims.authentication.facade.Pims");
            Object pims = type.getConstructor().newInstance();
            type.getMethod("initialize", Map.class).invoke(pims, settings);
            CompletionStage<?> stage = (CompletionStage<?>)
                    type.getMethod("get", String.class, Map.class).invoke(pims, Messages.SMSCODE, Messages.RESET_PIN);
            Object message = stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
            type.getMethod("release").invoke(pims);

            assertThat(type.getClassLoader()).isSameAs(loader);
            assertThat(message.toString()).contains("code=2202");
        }
    }

    private static File client() throws IOException {
        try (Stream<Path> files = Files.list(BUILT)) {
            List<Path> clients = files.filter(file -> file.toString().endsWith("-client.jar"))
                    .toList();
            assertThat(clients).hasSize(1);
            return clients.get(0).toFile();
        }
    }

    private static URL jarOf(Class<?> type) throws MalformedURLException {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
