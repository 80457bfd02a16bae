package io.pims.authentication.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    /** The facade's own, which the service never gives. */
    private static final Set<Integer> OF_THE_FACADE = Set.of(2002, 2007);

    /** The page of the API, whose codes and labels the service's own tests hold. */
    private static final Path PAGE = Path.of(System.getProperty("service.directory"), "src/site/markdown/api.md");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d{4}) \\| ([^|]+) \\|");

    @Test
    void codes_and_labels_are_those_of_the_service() throws IOException {
        Map<Integer, String> service = labelsOfTheService();
        List<ErrorCode> shared = Arrays.stream(ErrorCode.values())
                .filter(code -> !OF_THE_FACADE.contains(code.code()))
                .collect(Collectors.toList());

        assertThat(shared)
                .hasSize(7)
                .allSatisfy(code -> assertThat(code.label("[PARAMETER]")).isEqualTo(service.get(code.code())));
        assertThat(service).doesNotContainKeys(2002, 2007);
    }

    private static Map<Integer, String> labelsOfTheService() throws IOException {
        String page = Files.readString(PAGE);
        Matcher row = ROW.matcher(page.substring(page.indexOf("## Error codes")));
        return row.results()
                .collect(Collectors.toMap(found -> Integer.valueOf(found.group(1)), found -> found.group(2)));
    }
}
