package io.pims.authentication.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.vonage.client.sms.MessageStatus;
import com.vonage.client.sms.SmsSubmissionResponse;
import com.vonage.client.sms.SmsSubmissionResponseMessage;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.pims.authentication.http.Envelope;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What the native compiler is given has all that the service needs at run time: {@code ./mvnw -Pnative-sources verify}. */
@EnabledIfSystemProperty(named = "native.sources", matches = ".+")
class NativeSourcesIT {

    private static final Path SOURCES = Path.of(System.getProperty("native.sources", "target/native-sources"));

    @Test
    void the_arguments_name_the_languages_and_what_is_initialised_at_run_time() throws IOException {
        List<String> arguments =
                List.of(Files.readString(SOURCES.resolve("native-image.args")).split("\\s+"));

        assertThat(arguments)
                .contains("--initialize-at-run-time=org.apache.http.impl.auth.NTLMEngineImpl", "--no-fallback")
                .filteredOn(argument -> argument.startsWith("-H:IncludeLocales="))
                .singleElement()
                .satisfies(locales -> assertThat(
                                locales.substring(locales.indexOf('=') + 1).split(","))
                        .contains("en", "fr", "de", "es", "it", "nl", "pt", "pl"));
    }

    @Test
    void migrations_texts_phone_metadata_public_suffixes_and_services_are_in_it() throws IOException {
        JsonNode config = config("resource-config.json");
        List<Pattern> included = config.at("/resources/includes").findValuesAsText("pattern").stream()
                .map(Pattern::compile)
                .toList();
        List<String> needed = Stream.of(
                        migrations().stream(),
                        Stream.of("META-INF/services/" + ChannelInitializerExtension.class.getName()),
                        entries("libphonenumber-", "com/google/i18n/phonenumbers/data/PhoneNumberMetadataProto_"),
                        entries("httpclient-", "mozilla/"))
                .flatMap(names -> names)
                .toList();

        assertThat(needed)
                .hasSizeGreaterThan(200)
                .allMatch(name -> included.stream()
                        .anyMatch(pattern -> pattern.matcher(name).matches()));
        assertThat(config.path("bundles").findValuesAsText("name")).contains("io.pims.authentication.sms.texts");
    }

    @Test
    void what_Jackson_and_ServiceLoader_make_is_known_by_reflection() throws IOException {
        Set<String> known = Set.copyOf(config("reflect-config.json").findValuesAsText("name"));

        assertThat(known)
                .contains(
                        // Found as a service, so by its name.
                        "io.pims.authentication.http.guard.AnswerDeadlines",
                        Envelope.Result.class.getName(),
                        Envelope.Failure.class.getName(),
                        Envelope.Problem.class.getName(),
                        SmsSubmissionResponse.class.getName(),
                        SmsSubmissionResponseMessage.class.getName(),
                        MessageStatus.class.getName());
    }

    /** Neither is used but for a few methods; what is known by reflection stays in the executable as a whole. */
    @Test
    void no_message_of_protobuf_and_no_algorithm_of_Bouncy_Castle_is_known_by_reflection() throws IOException {
        assertThat(config("reflect-config.json").findValuesAsText("name"))
                .hasSizeGreaterThan(500)
                .noneMatch(name -> name.matches("(com\\.google|io\\.grpc|org\\.bouncycastle)\\..*"));
    }

    @Test
    void nothing_of_the_sandbox_of_the_tests_or_of_Kotlin_is_in_it() throws IOException {
        try (Stream<Path> libraries = Files.list(SOURCES.resolve("lib"))) {
            assertThat(libraries.map(library -> library.getFileName().toString()))
                    .hasSizeGreaterThan(100)
                    .noneMatch(name -> name.matches(".*(kotlin-stdlib|zonky|junit|fabric8).*"));
        }
        try (JarFile application = application()) {
            assertThat(application.stream().map(ZipEntry::getName))
                    .contains("io/pims/authentication/http/Envelope.class")
                    .noneMatch(name -> name.startsWith("io/pims/authentication/sandbox/"));
        }
    }

    private static List<String> migrations() {
        File[] files = new File("src/main/resources/db/migration").listFiles();
        return Stream.of(files).map(file -> "db/migration/" + file.getName()).toList();
    }

    private static Stream<String> entries(String library, String prefix) throws IOException {
        Path jar;
        try (Stream<Path> libraries = Files.list(SOURCES.resolve("lib"))) {
            jar = libraries
                    .filter(file -> file.getFileName().toString().contains(library))
                    .findAny()
                    .orElseThrow();
        }
        try (JarFile opened = new JarFile(jar.toFile())) {
            return opened.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(prefix) && !name.matches(".*(/|\\.class)"))
                    .toList()
                    .stream();
        }
    }

    private static JsonNode config(String name) throws IOException {
        try (JarFile application = application();
                InputStream file = application.getInputStream(application.getEntry("META-INF/native-image/" + name))) {
            return new ObjectMapper().readTree(file);
        }
    }

    private static JarFile application() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return new JarFile(files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findAny()
                    .orElseThrow()
                    .toFile());
        }
    }
}
