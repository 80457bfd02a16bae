package io.pims.authentication.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final long NOW = 1_800_000_000_000_000L;

    private static final RateLimitConfig SUBJECTS_OF_FOUR = config("4");

    private final Subjects subjects = new Subjects(config("2"));
    private final Ledger ledger = new Ledger(subjects, NOW, new HashMap<>(), Map.of());

    LedgerTest() {
        ledger.use("service/0", Map.of());
    }

    private static RateLimitConfig config(String slices) {
        return new SmallRyeConfigBuilder()
                .withMapping(RateLimitConfig.class)
                .withDefaultValue("pims.ratelimit.user-and-type", "")
                .withDefaultValue("pims.ratelimit.user", "3/1h")
                .withDefaultValue("pims.ratelimit.number", "2/1h")
                .withDefaultValue("pims.ratelimit.service", "8/1m")
                .withDefaultValue("pims.ratelimit.service-slices", slices)
                .withConverter(Limit.class, 200, Limit::parse)
                .build()
                .getConfigMapping(RateLimitConfig.class);
    }

    private static Applicant applicant(String user, String number) {
        return new Applicant(user, "resetPIN", number, Optional.empty());
    }

    private boolean charge(String user, String number) {
        return ledger.charge(applicant(user, number)).charge().allowed();
    }

    @Test
    void requests_that_share_a_number_are_charged_one_after_the_other() {
        assertThat(charge("a", "shared")).isTrue();
        assertThat(charge("b", "shared")).isTrue();
        assertThat(charge("c", "shared")).isFalse();
        assertThat(charge("c", "another")).isTrue();
    }

    @Test
    void one_that_is_refused_costs_none_of_its_limits() {
        charge("a", "shared");
        charge("b", "shared");

        charge("c", "shared");

        assertThat(ledger.charged()).containsOnlyKeys("number/shared", "service/0", "user/a", "user/b");
    }

    @Test
    void a_full_slice_alone_makes_way_for_the_next_one() {
        for (int index = 0; index < 4; index++) {
            charge("user" + index, "number" + index);
        }
        Assessment full = ledger.charge(applicant("last", "last"));
        assertThat(full.refusedByServiceAlone()).isTrue();
        assertThat(ledger.otherSlices()).containsExactly("service/1");

        ledger.use("service/1", Map.of());

        assertThat(charge("last", "last")).isTrue();
        assertThat(ledger.otherSlices()).isEmpty();
    }

    @Test
    void what_is_known_counts() {
        Ledger used = new Ledger(
                subjects, NOW, new HashMap<>(Map.of("user/a", Map.of("user-3600s", NOW + 3_600_000_000L))), Map.of());
        used.use("service/0", Map.of());

        assertThat(used.charge(applicant("a", "n")).charge().allowed()).isFalse();
        assertThat(used.charged()).isEmpty();
    }

    @Test
    void the_slice_with_the_most_room_comes_first() {
        Subjects four = new Subjects(SUBJECTS_OF_FOUR);
        Ledger some = new Ledger(
                four, NOW, new HashMap<>(), Map.of("service/0", NOW + 3, "service/1", NOW + 2, "service/2", NOW + 1));
        some.use("service/2", Map.of());

        assertThat(some.otherSlices()).containsExactly("service/3", "service/1", "service/0");
    }
}
