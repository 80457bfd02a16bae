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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's tables of operations and of error codes say what the service does: no more, no less. */
class OperationsTableTest {

    private final Map<String, String> codesByOperation = table();

    OperationsTableTest() throws IOException {}

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

    /** A code with several causes has a row for each, the first of them with code and label. */
    @Test
    void the_table_of_error_codes_has_each_with_its_label_byte_for_byte() throws IOException {
        Map<String, String> labels = new LinkedHashMap<>();
        rows("Code", "Label", "Cause", "HTTP").stream()
                .filter(row -> !row.get(0).isEmpty())
                .forEach(row -> labels.put(row.get(0), row.get(1)));

        assertThat(labels)
                .isEqualTo(Stream.of(ErrorCode.values())
                        .collect(toMap(code -> Integer.toString(code.code()), code -> code.label(null))));
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

    private static Map<String, String> table() throws IOException {
        Map<String, String> codes = new LinkedHashMap<>();
        for (List<String> row : rows("operation", "token", "answers", "codes")) {
            assertThat(codes.put(row.get(0), row.get(3)))
                    .as("another row of %s", row)
                    .isNull();
        }
        return codes;
    }

    private static List<List<String>> rows(String... head) throws IOException {
        List<List<String>> rows = Page.API.table(head);
        assertThat(rows)
                .as("rows below %s in %s", List.of(head), Page.API.file())
                .isNotEmpty();
        return rows;
    }
}
