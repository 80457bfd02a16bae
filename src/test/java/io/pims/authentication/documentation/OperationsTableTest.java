package io.pims.authentication.documentation;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.pims.authentication.Operation;
import io.pims.authentication.code.SmsCodeType;
import io.pims.authentication.http.ErrorCode;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table of operations says what the service does: no more, no less. */
class OperationsTableTest {

    private static final java.nio.file.Path README = java.nio.file.Path.of("README.md");
    private static final String SECTION = "## Operations";

    private final Map<String, String> codesByOperation = table();

    @Test
    void the_tests_know_every_operation_of_the_code() {
        assertThat(Stream.of(Operation.values())
                        .map(operation -> operation.method() + " " + operation.path())
                        .collect(toSet()))
                .isEqualTo(operationsOfTheCode());
        assertThat(Stream.of(Operation.values())
                        .map(operation -> operation.body().get("type"))
                        .filter(type -> type != null)
                        .collect(toSet()))
                .isEqualTo(
                        Stream.of(SmsCodeType.values()).map(SmsCodeType::text).collect(toSet()));
    }

    @Test
    void the_table_has_each_operation_with_its_codes() {
        Map<String, String> expected = Stream.of(Operation.values())
                .collect(toMap(
                        Operation::title,
                        operation -> operation.codes().stream()
                                .map(code -> Integer.toString(code))
                                .collect(joining(", "))));

        assertThat(codesByOperation).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void the_table_has_the_codes_of_the_contract_and_no_others() {
        Set<Integer> told = codesByOperation.values().stream()
                .flatMap(codes -> Stream.of(codes.split(", ")))
                .map(Integer::valueOf)
                .collect(toSet());

        assertThat(told)
                .isEqualTo(Stream.of(ErrorCode.values()).map(ErrorCode::code).collect(toSet()));
    }

    /** Method and path of every resource method; the sandbox ships with nothing. */
    private static Set<String> operationsOfTheCode() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.pims.authentication")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .filter(type -> !type.getPackageName().endsWith(".sandbox"))
                        .map(JavaClass::reflect)
                        .flatMap(resource -> Stream.of(resource.getDeclaredMethods())
                                .flatMap(method -> operations(resource, method)))
                        .collect(toSet());
    }

    private static Stream<String> operations(Class<?> resource, Method method) {
        String own = method.isAnnotationPresent(Path.class)
                ? method.getAnnotation(Path.class).value()
                : "";
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value() + " "
                        + resource.getAnnotation(Path.class).value() + own);
    }

    /** The cells of the columns "operation" and "codes" in the section's table. */
    private static Map<String, String> table() {
        List<List<String>> rows = lines().stream()
                .dropWhile(line -> !line.equals(SECTION))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("|") && !line.matches("[|: -]+"))
                .map(OperationsTableTest::cells)
                .toList();
        assertThat(rows).as("rows under '%s' in %s", SECTION, README).isNotEmpty();
        int operation = rows.get(0).indexOf("operation");
        int codes = rows.get(0).indexOf("codes");
        Map<String, String> table = new LinkedHashMap<>();
        rows.stream().skip(1).forEach(row -> {
            assertThat(table.put(row.get(operation).replace("`", ""), row.get(codes)))
                    .as("another row of %s", row)
                    .isNull();
        });
        return table;
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1).split("\\|")).map(String::strip).toList();
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(README);
        } catch (IOException e) {
            throw new IllegalStateException("The table of operations is in " + README.toAbsolutePath(), e);
        }
    }
}
