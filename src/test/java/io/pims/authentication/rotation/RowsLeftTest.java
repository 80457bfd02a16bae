package io.pims.authentication.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsLeftTest {

    @Test
    void a_former_key_is_told_at_zero_too_so_that_one_sees_that_it_may_go() {
        assertThat(RowsLeft.labelled(List.of("2027", "2026"), Map.of())).containsEntry("2026", 0L);
    }

    @Test
    void the_first_key_is_not_told() {
        assertThat(RowsLeft.labelled(List.of("2027", "2026"), Map.of("2026", 7L)))
                .isEqualTo(Map.of("2026", 7L, "other", 0L));
    }

    /** An id comes from the database, and a label must not: there is no list that it would be on. */
    @Test
    void keys_that_are_not_configured_are_told_under_one_word() {
        assertThat(RowsLeft.labelled(List.of("2027"), Map.of("2025", 3L, "2024", 4L)))
                .isEqualTo(Map.of("other", 7L));
    }
}
