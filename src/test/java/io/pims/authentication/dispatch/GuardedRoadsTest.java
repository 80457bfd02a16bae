package io.pims.authentication.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.pims.authentication.sms.Road;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuardedRoadsTest {

    @Test
    void a_country_has_its_roads_in_their_order_and_others_those_for_all() {
        GuardedRoads roads = roads(Set.of("FR", "RE"), Set.of(), Set.of("FR"));

        assertThat(names(roads.serving(() -> "FR"))).containsExactly("road0", "road1", "road2");
        assertThat(names(roads.serving(() -> "RE"))).containsExactly("road0", "road1");
        assertThat(names(roads.serving(() -> "unknown"))).containsExactly("road1");
        assertThat(roads(Set.of("FR")).serving(() -> "DE")).isEmpty();
    }

    @Test
    void where_all_serve_all_nobody_looks_at_the_number() {
        assertThat(names(roads(Set.of(), Set.of()).serving(() -> fail("asked"))))
                .containsExactly("road0", "road1");
    }

    @SafeVarargs
    private static GuardedRoads roads(Set<String>... countries) {
        return new GuardedRoads(IntStream.range(0, countries.length)
                .mapToObj(index -> new GuardedRoad(
                        new Road("road" + index, null, countries[index], Optional.empty(), Map.of(), Optional.empty()),
                        null,
                        null))
                .toList());
    }

    private static List<String> names(List<GuardedRoad> roads) {
        return roads.stream().map(each -> each.road().name()).toList();
    }
}
