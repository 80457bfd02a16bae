package io.pims.authentication.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ListHeaderTest {

    private static List<String> elements(String... lines) {
        return ListHeader.elements(List.of(lines));
    }

    @Test
    void the_lines_are_one_list_without_its_empty_elements() {
        assertThat(elements()).isEmpty();
        assertThat(elements("", " ,\t, ")).isEmpty();
        assertThat(elements("a", "", "b , c,,d ")).containsExactly("a", "b", "c", "d");
    }

    @Test
    void a_comma_in_quotes_ends_nothing() {
        assertThat(elements("a=\"1, 2\", b")).containsExactly("a=\"1, 2\"", "b");
        assertThat(elements("a=\"1\\\", 2\", b")).containsExactly("a=\"1\\\", 2\"", "b");
    }

    @Test
    void a_quote_that_nothing_closes_takes_no_other_element_with_it() {
        assertThat(elements("a=\"1, b", "c\"")).containsExactly("a=\"1", "b", "c\"");
        assertThat(elements("a, b=\"1\\\", c")).containsExactly("a", "b=\"1\\\"", "c");
    }

    @Test
    void elements_beyond_1024_characters_are_not_read() {
        assertThat(elements("a".repeat(1_024))).hasSize(1);
        assertThat(elements("a".repeat(1_025))).isEmpty();
        assertThat(elements("a", "b".repeat(1_022), "c")).hasSize(2);
        assertThat(elements("a", "b".repeat(1_023), "c")).containsExactly("a");
        assertThat(elements("a,".repeat(1_000))).hasSize(512);
        assertThat(elements("a, \"" + "b,".repeat(1_000) + "\", c")).containsExactly("a");
    }

    @Test
    @Timeout(5)
    void a_huge_header_costs_little() {
        for (String piece : List.of("\"", "\\\"", ",", "a", "\",")) {
            assertThat(elements(piece.repeat(1_000_000))).hasSizeLessThan(1_025);
        }
        assertThat(ListHeader.elements(Collections.nCopies(100_000, ""))).isEmpty();
    }

    @Property
    void no_header_makes_it_fail(@ForAll List<String> lines) {
        assertThat(ListHeader.elements(lines)).noneMatch(String::isBlank);
    }
}
