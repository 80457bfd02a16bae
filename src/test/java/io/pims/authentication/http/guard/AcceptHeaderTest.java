package io.pims.authentication.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptHeaderTest {

    private static List<String> joined(String... lines) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        List.of(lines).forEach(line -> headers.add("Accept", line));
        AcceptHeader.join(headers);
        return headers.getAll("accept");
    }

    @Test
    void several_lines_become_one_without_empty_elements() {
        assertThat(joined("text/html", "", ", application/json;q=0.9,"))
                .containsExactly("text/html, application/json;q=0.9");
        assertThat(joined(", application/json")).containsExactly("application/json");
    }

    @Test
    void one_line_stays_as_it_is() {
        assertThat(joined()).isEmpty();
        assertThat(joined("application/json , */*;q=0.1,")).containsExactly("application/json , */*;q=0.1,");
    }

    @Test
    void a_list_of_nothing_is_no_wish() {
        assertThat(joined(" , ,")).isEmpty();
        assertThat(joined("", "")).isEmpty();
    }
}
