package io.pims.authentication.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.Database;
import io.pims.authentication.attack.UnderAttack;
import io.pims.authentication.budget.SpentCodes;
import io.pims.authentication.caller.Caller;
import io.pims.authentication.code.SmsCodeType;
import io.pims.authentication.code.SmsCodes;
import io.pims.authentication.driver.Driver;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.transaction.Deadline;
import io.pims.authentication.transaction.SmsOrder;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SMS pumping, replayed: 5,000 accounts that never spend a code, among 500 drivers who do. */
@QuarkusTest
@TestProfile(UnderAttack.class)
class PumpingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTACKERS = 5_000;
    private static final int HONEST = 500;
    private static final int BATCH = 64;
    private static final int LANES = 3;
    private static final long SEED = 4711;

    /** Once for each country, so that its budget is that of a service that has been in use. */
    private static final String HISTORY = """
            INSERT INTO sms_velocity (subject, hours, begins_at, sent, converted)
            SELECT 'country/' || $1, 24, date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - interval '1 day',
                $2, $2
            """;

    private static final String ACCEPTED = "SELECT count(*) FROM sms_transaction WHERE starts_with(user_id, $1)";

    private static final String OVER_BUDGET =
            "SELECT count(*) FROM sms_velocity WHERE budget IS NOT NULL AND sent - converted > budget";

    private static final String UNSPENT_IN_FRANCE =
            "SELECT sum(sent - converted)::bigint FROM sms_velocity WHERE subject = 'country/FR' AND hours = 24";

    @Inject
    AdmissionTransaction admission;

    @Inject
    SmsCodes codes;

    @Inject
    SpentCodes spentCodes;

    @Inject
    NumberVault vault;

    @Inject
    RequestIds ids;

    @Inject
    Database database;

    private final String run = UUID.randomUUID() + "-";
    private final String attackers = "attacker-" + run;
    private final String drivers = "honest-" + run;

    @BeforeEach
    void nothing_has_been_counted_but_a_good_day_yesterday() {
        database.execute("DELETE FROM sms_conversion");
        database.execute("DELETE FROM sms_velocity");
        history("FR", 1_500);
        List.of("DE", "ES", "NL").forEach(country -> history(country, 600));
    }

    @AfterEach
    void nobody_sends_what_was_recorded() {
        database.execute(
                "DELETE FROM sms_transaction WHERE starts_with(user_id, $1) OR starts_with(user_id, $2)",
                attackers,
                drivers);
        database.execute("DELETE FROM sms_velocity");
    }

    private void history(String country, int converted) {
        database.execute(HISTORY, country, converted);
    }

    private QueuedRequest request(String user, String number) {
        Caller caller = new Caller(
                new Driver(user, Optional.empty(), Optional.empty()),
                ids.generate(),
                "en",
                Optional.empty(),
                Optional.empty());
        CodeRequest codeRequest = new CodeRequest(
                caller,
                SmsCodeType.PHONE_NUMBER_CERTIFICATION,
                Optional.of(vault.seal(new PhoneNumber(number), user)),
                Optional.empty());
        return new QueuedRequest(codeRequest, false, Deadline.in(Duration.ofHours(1)));
    }

    /** Three in ten at home under attack, the others elsewhere. */
    private static String honestNumber(int index) {
        return switch (index % 10) {
            case 0, 1, 2 -> "+3367%07d".formatted(index * 19_997 % 10_000_000);
            case 3, 4, 5 -> "+4915%09d".formatted(index * 1_999_993L % 1_000_000_000L);
            case 6, 7 -> "+346%08d".formatted(index * 199_999 % 100_000_000);
            default -> "+316%08d".formatted(index * 199_999 % 100_000_000);
        };
    }

    /** All of them mixed, some batches at a time as of several replicas; whoever is honest spends the code at once. */
    private int servedOfTheHonest(IntFunction<String> attackersNumber) throws Throwable {
        List<QueuedRequest> requests = new ArrayList<>();
        IntStream.range(0, ATTACKERS)
                .forEach(index -> requests.add(request(attackers + index, attackersNumber.apply(index))));
        IntStream.range(0, HONEST).forEach(index -> requests.add(request(drivers + index, honestNumber(index))));
        Collections.shuffle(requests, new Random(SEED));
        int served = 0;
        for (int from = 0; from < requests.size(); from += LANES * BATCH) {
            List<Uni<List<Decision>>> batches = new ArrayList<>();
            for (int at = from; at < Math.min(requests.size(), from + LANES * BATCH); at += BATCH) {
                batches.add(admission.admit(requests.subList(at, Math.min(requests.size(), at + BATCH))));
            }
            List<List<Decision>> decided =
                    Uni.join().all(batches).andFailFast().await().atMost(PATIENCE);
            served += spend(decided.stream().flatMap(List::stream).toList());
            spentCodes.addUp().await().atMost(PATIENCE);
        }
        return served;
    }

    private int spend(List<Decision> decisions) throws Throwable {
        List<SmsOrder> honest = new ArrayList<>();
        for (Decision decision : decisions) {
            if (decision.acceptance() == null) {
                assertThat(decision.refusal().status()).isEqualTo(429);
                assertThat(decision.refusal().headers()).containsOnlyKeys("Retry-After");
                continue;
            }
            SmsOrder order =
                    decision.acceptance().newTransaction().orElseThrow().order();
            if (order.user().startsWith(drivers)) {
                honest.add(order);
            }
        }
        List<Boolean> spent =
                VertxContextSupport.subscribeAndAwait(() -> Panache.withTransaction(() -> Multi.createFrom()
                        .iterable(honest)
                        .onItem()
                        .transformToUniAndConcatenate(this::spend)
                        .collect()
                        .asList()));
        assertThat(spent).hasSameSizeAs(honest).doesNotContain(false);
        return honest.size();
    }

    private Uni<Boolean> spend(SmsOrder order) {
        return codes.spend(
                order.user(),
                SmsCodeType.PHONE_NUMBER_CERTIFICATION,
                order.code().orElseThrow().id());
    }

    @Test
    void numbers_in_sequence_are_held_back_and_the_drivers_of_the_same_country_are_served() throws Throwable {
        int served = servedOfTheHonest(index -> "+3361234%04d".formatted(index));

        assertThat(served).isGreaterThanOrEqualTo(HONEST * 99 / 100);
        // The block's budget of one hour, or of two if one ended meanwhile.
        assertThat(database.count(ACCEPTED, attackers)).isBetween(1L, 4L);
        assertThat(database.count(OVER_BUDGET)).isZero();
    }

    @Test
    void numbers_all_over_a_country_cost_its_budget_and_the_drivers_of_others_are_served() throws Throwable {
        int served = servedOfTheHonest(index -> "+3361%07d".formatted(index * 1_999));

        long paid = database.count(ACCEPTED, attackers);
        // A sixth of a fifth of yesterday's 1,500, once or twice.
        assertThat(paid).isBetween(1L, 100L);
        assertThat(database.count(OVER_BUDGET)).isZero();
        assertThat(database.count(UNSPENT_IN_FRANCE)).isEqualTo(paid);
        assertThat(database.count(
                        "SELECT count(*) FROM sms_velocity WHERE subject = ANY($1) AND hours = 24 AND sent <> converted",
                        (Object) new String[] {"country/DE", "country/ES", "country/NL"}))
                .isZero();
        assertThat(served).isGreaterThanOrEqualTo(HONEST * 7 / 10 * 99 / 100);
    }
}
