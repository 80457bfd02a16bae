package io.pims.authentication.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pims.authentication.budget.BudgetConfig;
import io.pims.authentication.budget.BudgetUsage;
import io.pims.authentication.budget.Overrun;
import io.pims.authentication.budget.Velocity;
import io.pims.authentication.sms.TestConfig;
import io.pims.authentication.trustedphonenumber.Destination;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final long NOW = 1_800_000_000_000_000L;

    private static final RateLimitConfig SUBJECTS_OF_FOUR = config("4");

    private final Subjects subjects = new Subjects(config("2"), totals("off"));
    private final Ledger ledger = new Ledger(subjects, NOW, List.of(), Map.of());

    LedgerTest() {
        ledger.use("service/0", Map.of());
    }

    private static RateLimitConfig config(String slices) {
        return TestConfig.of(
                RateLimitConfig.class,
                "pims.ratelimit.user-and-type",
                "",
                "pims.ratelimit.user",
                "3/1h",
                "pims.ratelimit.number",
                "2/1h",
                "pims.ratelimit.service",
                "8/1m",
                "pims.ratelimit.service-slices",
                slices);
    }

    private static BudgetConfig.Total totals(String mode) {
        return TestConfig.of(
                        BudgetConfig.class,
                        "pims.budget.total.mode",
                        mode,
                        "pims.budget.total.hour",
                        "5",
                        "pims.budget.total.day",
                        "100")
                .total();
    }

    private static ChargedRequest request(String user, String number) {
        return new ChargedRequest(user, "resetPIN", Optional.of(number), true, Optional.empty(), Destination.UNKNOWN);
    }

    private boolean charge(String user, String number) {
        return ledger.charge(request(user, number), Velocity.OFF).charge().allowed();
    }

    @Test
    void requests_that_share_a_number_are_charged_one_after_the_other() {
        assertThat(charge("a", "shared")).isTrue();
        assertThat(charge("b", "shared")).isTrue();
        assertThat(charge("c", "shared")).isFalse();
        assertThat(charge("c", "another")).isTrue();
    }

    /** Whoever asks, at any time: who keeps to three an hour and six a day, which is the rest, is never refused. */
    @Property(tries = 200)
    void strangers_never_use_up_what_is_left_to_whose_number_it_is(@ForAll Random random) {
        Subjects shared = new Subjects(TestConfig.of(RateLimitConfig.class, "pims.ratelimit.user", ""), totals("off"));
        Map<String, Map<String, Long>> seen = new HashMap<>();
        Limit[] rest = {Limit.parse("3/1h"), Limit.parse("6/1d")};
        long[] owners = {0, 0};
        long now = NOW;
        List<Long> passed = new ArrayList<>();
        for (int asked = 0; asked < 300; asked++) {
            now += random.nextInt(900_000_000);
            Gcra.Decision hour = Gcra.decide(rest[0], owners[0], now);
            Gcra.Decision day = Gcra.decide(rest[1], owners[1], now);
            boolean owner = hour.allowed() && day.allowed() && random.nextBoolean();
            Ledger each = new Ledger(shared, now, seen.keySet(), seen);
            each.use("service/0", Map.of());
            ChargedRequest request = new ChargedRequest(
                    "user" + asked,
                    owner ? "resetPIN" : "phoneNumberCertification",
                    Optional.of("n"),
                    owner,
                    Optional.empty(),
                    Destination.UNKNOWN);
            boolean allowed = each.charge(request, Velocity.OFF).charge().allowed();
            if (owner) {
                assertThat(allowed).isTrue();
                owners = new long[] {hour.arrival(), day.arrival()};
            }
            if (allowed) {
                passed.add(now);
                seen.put("number/n", each.charged().get("number/n"));
            }
        }
        assertThat(passed).isNotEmpty();
        for (long end : passed) {
            assertThat(passed.stream().filter(at -> at <= end && at > end - 3_600_000_000L))
                    .hasSizeLessThan(10);
            assertThat(passed.stream().filter(at -> at <= end && at > end - 86_400_000_000L))
                    .hasSizeLessThan(20);
        }
    }

    @Test
    void the_share_is_rounded_down_and_one_at_least() {
        RateLimitConfig few = TestConfig.of(RateLimitConfig.class, "pims.ratelimit.number", "1/30s,7/1h");
        ChargedRequest stranger = new ChargedRequest(
                "s", "phoneNumberCertification", Optional.of("n"), false, Optional.empty(), Destination.UNKNOWN);

        assertThat(new Subjects(few, totals("off")).of(stranger).get(0).policies())
                .extracting(Subject.Policy::name, Subject.Policy::limit)
                .containsExactly(
                        tuple("certification-30s", Limit.parse("1/30s")),
                        tuple("certification-3600s", Limit.parse("2/1h")),
                        tuple("number-30s", Limit.parse("1/30s")),
                        tuple("number-3600s", Limit.parse("7/1h")));
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
        Assessment full = ledger.charge(request("last", "last"), Velocity.OFF);
        assertThat(full.refusedByServiceAlone()).isTrue();
        assertThat(ledger.otherSlices()).containsExactly("service/1");

        ledger.use("service/1", Map.of());

        assertThat(charge("last", "last")).isTrue();
        assertThat(ledger.otherSlices()).isEmpty();
    }

    @Test
    void what_is_known_counts() {
        Ledger used = new Ledger(
                subjects, NOW, List.of("user/a"), Map.of("user/a", Map.of("user-3600s", NOW + 3_600_000_000L)));
        used.use("service/0", Map.of());

        assertThat(used.charge(request("a", "n"), Velocity.OFF).charge().allowed())
                .isFalse();
        assertThat(used.charged()).isEmpty();
    }

    @Test
    void the_slice_with_the_most_room_comes_first() {
        Subjects four = new Subjects(SUBJECTS_OF_FOUR, totals("off"));
        Ledger some = new Ledger(
                four,
                NOW,
                List.of(),
                Map.of(
                        "service/0",
                        Map.of("service-1s", NOW + 3),
                        "service/1",
                        Map.of("service-1s", NOW + 2),
                        "service/2",
                        Map.of("service-1s", NOW + 1)));
        some.use("service/2", Map.of());

        assertThat(some.otherSlices()).containsExactly("service/3", "service/1", "service/0");
    }

    /** Takes slices as the service does: the one at hand, then any other that has room. */
    private static int acceptedOf(int requests, Ledger ledger) {
        int accepted = 0;
        for (int index = 0; index < requests; index++) {
            ChargedRequest request = request("user" + index, "number" + index);
            Assessment assessment = ledger.charge(request, Velocity.OFF);
            while (assessment.refusedByServiceAlone() && !ledger.otherSlices().isEmpty()) {
                ledger.use(ledger.otherSlices().get(0), Map.of());
                assessment = ledger.charge(request, Velocity.OFF);
            }
            accepted += assessment.charge().allowed() ? 1 : 0;
        }
        return accepted;
    }

    private static Ledger withTotals(String mode, Map<String, Map<String, Long>> seen) {
        Ledger ledger = new Ledger(new Subjects(config("2"), totals(mode)), NOW, List.of(), seen);
        ledger.use("service/0", Map.of());
        return ledger;
    }

    @Test
    void the_budget_of_the_whole_service_is_used_over_all_slices_and_no_further() {
        Ledger ledger = withTotals("enforce", Map.of());

        assertThat(acceptedOf(8, ledger)).isEqualTo(5);

        Charge refused = ledger.charge(request("last", "last"), Velocity.OFF).charge();
        assertThat(refused.quota().policy()).isNull();
        assertThat(refused.overruns())
                .extracting(Overrun::limit, Overrun::used, Overrun::budget, Overrun::refuses)
                .containsExactly(tuple("total-hour", 5L, 5L, true));
        assertThat(ledger.usages())
                .extracting(BudgetUsage::used, BudgetUsage::budget)
                .containsExactly(tuple(5L, 5L), tuple(5L, 100L));
    }

    @Test
    void a_budget_that_only_records_tells_what_is_over_and_lets_it_pass() {
        Ledger ledger = withTotals("record", Map.of());

        assertThat(acceptedOf(8, ledger)).isEqualTo(8);

        assertThat(ledger.usages()).extracting(BudgetUsage::used).containsExactly(8L, 8L);
    }

    @Test
    void what_others_used_counts_and_a_slice_that_is_used_up_is_not_tried() {
        long hourEnd = NOW - Math.floorMod(NOW, 3_600_000_000L) + 3_600_000_000L;
        Ledger ledger = withTotals("enforce", Map.of("service/1", Map.of("total-hour", hourEnd + 2)));

        assertThat(ledger.otherSlices()).isEmpty();
        assertThat(acceptedOf(8, ledger)).isEqualTo(3);
        assertThat(ledger.usages()).extracting(BudgetUsage::used).containsExactly(5L, 3L);
    }
}
