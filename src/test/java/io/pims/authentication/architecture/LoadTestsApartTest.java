package io.pims.authentication.architecture;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The load tests are a Maven project of their own, for Gatling's Netty is another one than that of Quarkus. */
class LoadTestsApartTest {

    private static final Pattern NETTY = Pattern.compile("netty-(?!tcnative)[a-z0-9-]+?-(\\d+\\.\\d+\\.\\d+\\.Final)");

    private final List<String> jars = jars();
    private final Document service = read("pom.xml");
    private final Document loadTests = read("src/gatling/pom.xml");

    @Test
    void nothing_of_gatling_is_on_the_class_path_of_the_tests() {
        assertThat(jars).isNotEmpty().noneMatch(jar -> jar.contains("gatling") || jar.startsWith("scala-"));
    }

    @Test
    void there_is_one_netty_on_the_class_path_of_the_tests() {
        assertThat(jars.stream()
                        .flatMap(jar -> NETTY.matcher(jar).results())
                        .map(netty -> netty.group(1))
                        .collect(toSet()))
                .hasSize(1);
    }

    @Test
    void no_profile_of_the_service_depends_on_gatling() {
        assertThat(count(service, "//groupId[starts-with(., 'io.gatling')]")).isZero();
        assertThat(count(service, "//profile[id='load']")).isEqualTo(1);
        assertThat(count(service, "//profile[id='load']//dependency")).isZero();
    }

    @Test
    void the_load_tests_inherit_no_versions() {
        assertThat(count(loadTests, "/project/parent")).isZero();
        assertThat(count(loadTests, "/project/dependencyManagement")).isZero();
        assertThat(count(loadTests, "//dependency[starts-with(groupId, 'io.gatling')]"))
                .isEqualTo(1);
    }

    @Test
    void each_simulation_that_can_be_asked_for_is_there() {
        assertThat(text(loadTests, "//requireProperty/regex").split("\\|"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(Path.of(
                                "src/gatling/java/io/pims/authentication/load",
                                name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1) + ".java"))
                        .isRegularFile());
    }

    /** Surefire may hide its class path in the manifest of one jar, and tells the real one by this property. */
    private static List<String> jars() {
        return Stream.of("surefire.test.class.path", "java.class.path")
                .map(System::getProperty)
                .filter(path -> path != null)
                .findFirst()
                .map(path -> Arrays.stream(path.split(File.pathSeparator))
                        .map(entry -> Path.of(entry).getFileName().toString())
                        .toList())
                .orElseThrow();
    }

    private static Document read(String pom) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File(pom));
        } catch (Exception e) {
            throw new IllegalStateException(pom, e);
        }
    }

    private static int count(Document pom, String xpath) {
        return Integer.parseInt(text(pom, "count(" + xpath + ")"));
    }

    private static String text(Document pom, String xpath) {
        try {
            return XPathFactory.newInstance().newXPath().evaluate(xpath, pom);
        } catch (Exception e) {
            throw new IllegalStateException(xpath, e);
        }
    }
}
