package io.pims.authentication.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    /** The facade's own, which the service never gives. */
    private static final Set<Integer> OF_THE_FACADE = Set.of(2002, 2007);

    @Test
    void codes_and_labels_are_those_of_the_service() {
        List<ErrorCode> shared = Arrays.stream(ErrorCode.values())
                .filter(code -> !OF_THE_FACADE.contains(code.code()))
                .toList();

        assertThat(shared)
                .hasSize(7)
                .allSatisfy(code -> assertThat(code.label("type"))
                        .isEqualTo(io.pims.authentication.http.ErrorCode.of(code.code())
                                .label("type")));
    }
}
