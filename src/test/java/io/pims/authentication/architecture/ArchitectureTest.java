package io.pims.authentication.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.pims.authentication.documentation.Page;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The cut of the service, held. {@code wrong} beside it holds classes that break the rules, to see that these bite; only
 * an entity is not among them, since Quarkus would find it in its tests.
 */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    static final String ROOT = "io.pims.authentication";

    private static final JavaClasses WRONG =
            new ClassFileImporter().importPackages("io.pims.authentication.architecture.wrong");

    /** Who may depend on whom. What is not here is forbidden. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("", Set.of("database")),
            Map.entry(
                    "admission",
                    Set.of(
                            "budget",
                            "caller",
                            "code",
                            "database",
                            "driver",
                            "http",
                            "ratelimit",
                            "readiness",
                            "tracing",
                            "transaction",
                            "trustedphonenumber")),
            Map.entry("budget", Set.of("database", "trustedphonenumber")),
            Map.entry("caller", Set.of("driver", "http", "proxy", "sms", "tracing", "trustedphonenumber")),
            Map.entry(
                    "certification",
                    Set.of(
                            "caller",
                            "code",
                            "database",
                            "driver",
                            "http",
                            "pincode",
                            "ratelimit",
                            "securityevent",
                            "support",
                            "transaction",
                            "trustedphonenumber")),
            Map.entry(
                    "code",
                    Set.of("budget", "database", "http", "input", "keyring", "personaldata", "trustedphonenumber")),
            Map.entry("configuration", Set.of()),
            Map.entry("database", Set.of("configuration", "http", "tracing")),
            Map.entry(
                    "dispatch",
                    Set.of(
                            "code",
                            "configuration",
                            "database",
                            "http",
                            "outcome",
                            "readiness",
                            "risk",
                            "sms",
                            "tracing",
                            "transaction",
                            "trustedphonenumber")),
            Map.entry("driver", Set.of("http", "readiness")),
            Map.entry("http", Set.of()),
            Map.entry("http.guard", Set.of("http", "input")),
            Map.entry("httpclient", Set.of()),
            Map.entry("input", Set.of()),
            Map.entry("keyring", Set.of("configuration")),
            Map.entry("notice", Set.of("configuration", "database", "http", "personaldata", "readiness", "webhook")),
            Map.entry("openapi", Set.of("code", "http")),
            Map.entry("outcome", Set.of("database", "http", "readiness", "tracing", "transaction")),
            Map.entry("overview", Set.of("ratelimit")),
            Map.entry("personaldata", Set.of()),
            Map.entry(
                    "pincode",
                    Set.of(
                            "caller",
                            "code",
                            "configuration",
                            "database",
                            "driver",
                            "http",
                            "keyring",
                            "personaldata",
                            "ratelimit",
                            "securityevent",
                            "transaction",
                            "trustedphonenumber")),
            Map.entry("privacy", Set.of("caller", "database", "driver", "http", "personaldata", "securityevent")),
            Map.entry("proxy", Set.of("configuration", "input")),
            Map.entry(
                    "ratelimit",
                    Set.of("budget", "configuration", "database", "http", "personaldata", "trustedphonenumber")),
            Map.entry("readiness", Set.of("database", "http")),
            Map.entry(
                    "receipt",
                    Set.of("configuration", "database", "http", "sms", "tracing", "transaction", "trustedphonenumber")),
            Map.entry(
                    "risk",
                    Set.of(
                            "configuration",
                            "database",
                            "http",
                            "httpclient",
                            "securityevent",
                            "sms.vonage",
                            "tracing",
                            "trustedphonenumber")),
            Map.entry("rotation", Set.of("database", "keyring", "trustedphonenumber")),
            Map.entry(
                    "support",
                    Set.of(
                            "caller",
                            "code",
                            "database",
                            "driver",
                            "http",
                            "keyring",
                            "personaldata",
                            "pincode",
                            "ratelimit",
                            "securityevent",
                            "transaction",
                            "trustedphonenumber")),
            Map.entry("securityevent", Set.of("database", "driver", "http", "notice", "personaldata")),
            Map.entry("sms", Set.of("configuration", "http", "input")),
            Map.entry("sms.vonage", Set.of("configuration", "sms")),
            Map.entry("sms.webhook", Set.of("configuration", "sms", "webhook")),
            Map.entry(
                    "smscode",
                    Set.of(
                            "admission",
                            "caller",
                            "code",
                            "configuration",
                            "database",
                            "driver",
                            "http",
                            "input",
                            "outcome",
                            "ratelimit",
                            "readiness",
                            "sms",
                            "transaction",
                            "trustedphonenumber")),
            Map.entry("tracing", Set.of()),
            Map.entry(
                    "transaction",
                    Set.of("caller", "code", "database", "driver", "http", "personaldata", "trustedphonenumber")),
            Map.entry(
                    "trustedphonenumber",
                    Set.of("configuration", "database", "driver", "http", "input", "keyring", "personaldata")),
            Map.entry("webhook", Set.of("configuration", "httpclient")),
            Map.entry(
                    "sandbox",
                    Set.of(
                            "",
                            "admission",
                            "budget",
                            "caller",
                            "certification",
                            "code",
                            "configuration",
                            "database",
                            "dispatch",
                            "driver",
                            "http",
                            "http.guard",
                            "httpclient",
                            "input",
                            "keyring",
                            "notice",
                            "openapi",
                            "outcome",
                            "overview",
                            "personaldata",
                            "pincode",
                            "privacy",
                            "proxy",
                            "ratelimit",
                            "readiness",
                            "receipt",
                            "risk",
                            "rotation",
                            "securityevent",
                            "sms",
                            "sms.vonage",
                            "sms.webhook",
                            "smscode",
                            "support",
                            "tracing",
                            "transaction",
                            "trustedphonenumber",
                            "webhook")));

    @ArchTest
    static final ArchRule packages_depend_on_each_other_along_the_arrows_only = arrows(ROOT);

    @ArchTest
    static final ArchRule packages_form_no_cycle = slices().matching("io.pims.authentication.(**)")
            .should()
            .beFreeOfCycles()
            .because("each package is to be understood and changed with those below it only");

    @ArchTest
    static final ArchRule only_sms_vonage_knows_the_vonage_sdk = noClasses()
            .that()
            .resideOutsideOfPackage("..sms.vonage")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.vonage..")
            .because("another provider must be one new package behind SmsSender");

    @ArchTest
    static final ArchRule only_driver_reads_the_token = noClasses()
            .that()
            .resideOutsideOfPackages("..driver", "..sandbox")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(JsonWebToken.class)
            .because("who asks is decided in one place");

    @ArchTest
    static final ArchRule nothing_logs_by_java_util_logging = noClasses()
            .that()
            .doNotHaveSimpleName("SdkLogs")
            .and()
            .doNotHaveSimpleName("SettingsLog")
            .and()
            .resideOutsideOfPackage("..sandbox")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging")
            .because("JBoss Logging carries the transaction id; SdkLogs and SettingsLog only shut loggers of others");

    @ArchTest
    static final ArchRule nothing_prints = noClasses()
            .that()
            .resideOutsideOfPackage("..sandbox")
            .should(ACCESS_STANDARD_STREAMS)
            .because("what is printed has no level, no transaction id and no filter");

    @ArchTest
    static final ArchRule nothing_is_injected_into_fields = noFields()
            .should(BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
            .orShould()
            .beAnnotatedWith(ConfigProperty.class)
            .because("a class that takes what it needs in its constructor is tested without a container");

    @ArchTest
    static final ArchRule no_name_hides_what_a_class_is_for = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?")
            .because("a class named by its part of the domain is found, and does not grow into a drawer");

    @ArchTest
    static final ArchRule entities_stay_inside_their_package = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .should()
            .bePackagePrivate()
            .because("records cross boundaries, mutable rows do not");

    @ArchTest
    static final ArchRule rows_are_deleted_by_statements = noClasses()
            .should()
            .callMethodWhere(describe(
                    "an entity is deleted",
                    call -> call.getName().equals("delete")
                            && call.getTarget().getRawParameterTypes().size() == 1
                            && call.getTarget().getRawParameterTypes().get(0).isEquivalentTo(Object.class)))
            .because("Hibernate Reactive 3.2 mixes up two sessions that delete entities of one class at once");

    @ArchTest
    static void the_picture_has_every_package_in_it_once(JavaClasses service) {
        Set<String> packages = new TreeSet<>();
        ARROWS.values().forEach(packages::addAll);

        assertThat(ARROWS.keySet()).containsAll(packages);
        assertThat(packages).doesNotContain("sandbox");
        assertThat(service).isNotEmpty();
    }

    @ArchTest
    static void the_page_has_the_same_picture(JavaClasses service) throws IOException {
        Map<String, String> page = Page.ARCHITECTURE.table("Package", "What it does", "May use").stream()
                .collect(Collectors.toMap(row -> row.get(0), row -> row.get(2)));

        assertThat(page)
                .isEqualTo(ARROWS.entrySet().stream()
                        .collect(Collectors.toMap(
                                arrows -> onThePage(arrows.getKey()), arrows -> onThePage(arrows.getValue()))));
    }

    /** Javadoc leaves nothing in the classes, so this looks at the sources. */
    @ArchTest
    static void each_package_says_what_it_is_for(JavaClasses service) {
        assertThat(ARROWS.keySet())
                .filteredOn(name -> !name.equals("sandbox"))
                .allSatisfy(name -> assertThat(Path.of(
                                "src/main/java", ROOT.replace('.', '/'), name.replace('.', '/'), "package-info.java"))
                        .exists());
    }

    private static String onThePage(Set<String> packages) {
        if (packages.size() == ARROWS.size() - 1) {
            return "all";
        }
        return packages.isEmpty()
                ? "nothing"
                : packages.stream().sorted().map(ArchitectureTest::onThePage).collect(Collectors.joining(", "));
    }

    private static String onThePage(String name) {
        return name.isEmpty() ? "(root)" : name;
    }

    /** What changes something without a driver's asking is the sandbox's own. Accessors change nothing. */
    @ArchTest
    static void nothing_is_shipped_that_the_sandbox_alone_calls(JavaClasses service) {
        assertThat(service.stream()
                        .filter(type -> !isSandbox(type))
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> !method.getAccessesToSelf().isEmpty())
                        .filter(method -> method.getAccessesToSelf().stream()
                                .allMatch(access -> isSandbox(access.getOriginOwner())))
                        .map(JavaMethod::getFullName))
                .isEmpty();
    }

    private static boolean isSandbox(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + ".sandbox");
    }

    @ArchTest
    static void each_rule_notices_what_breaks_it(JavaClasses service) {
        assertThat(violations(arrows("io.pims.authentication.architecture.wrong")))
                .contains("http -> smscode")
                .contains("dispatch -> sandbox")
                .contains("receipt -> smscode")
                .contains("'stray'")
                .doesNotContain("smscode -> http")
                .doesNotContain("sandbox -> smscode");
        assertThat(violations(packages_form_no_cycle)).contains("Cycle detected");
        assertThat(violations(only_sms_vonage_knows_the_vonage_sdk)).contains("com.vonage.client.sms.MessageStatus");
        assertThat(violations(only_driver_reads_the_token)).contains("wrong.smscode.CodeHelper.token");
        assertThat(violations(nothing_logs_by_java_util_logging)).contains("java.util.logging.Logger");
        assertThat(violations(nothing_prints)).contains("java.lang.System.out");
        assertThat(violations(nothing_is_injected_into_fields)).contains("CodeHelper.token", "CodeHelper.key");
        assertThat(violations(no_name_hides_what_a_class_is_for)).contains("CodeHelper");
    }

    private static ArchRule arrows(String root) {
        return classes()
                .should(new Arrows(root, ARROWS))
                .because("data goes one way: request, record, dispatch, provider, receipt; http stands"
                        + " alone, and nothing that ships needs the sandbox");
    }

    private static String violations(ArchRule rule) {
        return String.join("\n", rule.evaluate(WRONG).getFailureReport().getDetails());
    }
}
