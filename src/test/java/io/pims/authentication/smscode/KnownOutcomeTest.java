package io.pims.authentication.smscode;

import static io.pims.authentication.TestDriver.SMSCODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.TestDriver;
import io.pims.authentication.database.Database;
import io.pims.authentication.sandbox.Behaviour;
import io.pims.authentication.sandbox.FakeVonage;
import io.pims.authentication.sandbox.ProviderSettings;
import io.pims.authentication.sandbox.ThrowawayIssuer;
import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.Transactions;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The answer has what is known of a transaction, even if the database can't be asked again. */
@QuarkusTest
class KnownOutcomeTest {

    private static final int WAIT_S = 2;

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @Inject
    Transactions transactions;

    @Inject
    Database database;

    @AfterEach
    void calm() {
        vonage.reset();
    }

    /** Looks that work before all others do something else. */
    private void looks(int working, Supplier<Uni<Optional<Transaction>>> others) {
        Transactions real = new Transactions(database);
        AtomicInteger looks = new AtomicInteger();
        QuarkusMock.installMockForType(
                new Transactions(database) {
                    @Override
                    public Uni<Optional<Transaction>> of(String user, UUID id) {
                        return looks.incrementAndGet() <= working ? real.of(user, id) : others.get();
                    }
                },
                Transactions.class);
    }

    private static Uni<Optional<Transaction>> broken() {
        return Uni.createFrom().failure(new IOException("connection reset"));
    }

    private static Uni<Optional<Transaction>> silent() {
        return Uni.createFrom().nothing();
    }

    private void isAccepted(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(202);
        assertThat(answer.<String>path("status")).isEqualTo("PENDING");
        assertThat(answer.header("Location")).isEqualTo(SMSCODE + "/" + answer.path("transactionId"));
        assertThat(answer.header("RateLimit")).isNotNull();
        assertThat(answer.header("RateLimit-Policy")).isNotNull();
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=" + WAIT_S);
    }

    @Test
    void what_is_accepted_is_told_so_though_the_look_after_it_fails() {
        vonage.behave(new ProviderSettings(Behaviour.HANG, 0, true));
        looks(0, KnownOutcomeTest::broken);

        isAccepted(TestDriver.withNumber(issuer).asksForCodeAndWaits(WAIT_S));
    }

    @Test
    void what_is_accepted_is_told_so_in_the_time_that_was_asked_for_though_the_look_after_it_hangs() {
        vonage.behave(new ProviderSettings(Behaviour.HANG, 0, true));
        looks(0, KnownOutcomeTest::silent);
        TestDriver driver = TestDriver.withNumber(issuer);
        long asked = System.nanoTime();

        isAccepted(driver.asksForCodeAndWaits(WAIT_S));

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(WAIT_S + 2));
    }

    @Test
    void an_outcome_that_comes_is_told_though_the_look_before_it_failed() {
        vonage.behave(new ProviderSettings(Behaviour.NORMAL, 500, true));
        looks(0, KnownOutcomeTest::broken);

        Response answer = TestDriver.withNumber(issuer).asksForCodeAndWaits(15);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.<String>path("status")).isEqualTo("SUCCEEDED");
    }

    @Test
    void what_the_first_look_found_is_told_though_the_second_one_fails() {
        vonage.behave(new ProviderSettings(Behaviour.HANG, 0, true));
        TestDriver driver = TestDriver.withNumber(issuer);
        String location = driver.asksForCode().header("Location");
        looks(1, KnownOutcomeTest::broken);

        Response answer = driver.request().header("Prefer", "wait=" + WAIT_S).get(location);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.<String>path("status")).isEqualTo("PENDING");
    }
}
