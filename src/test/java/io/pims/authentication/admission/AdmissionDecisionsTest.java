package io.pims.authentication.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.code.IssuedCodes;
import io.pims.authentication.code.SmsCodeType;
import io.pims.authentication.driver.Driver;
import io.pims.authentication.ratelimit.Charge;
import io.pims.authentication.ratelimit.ChargedRequest;
import io.pims.authentication.ratelimit.Limit;
import io.pims.authentication.transaction.Deadline;
import io.pims.authentication.transaction.NewTransaction;
import io.pims.authentication.transaction.Replay;
import io.pims.authentication.transaction.Transaction;
import io.pims.authentication.transaction.TransactionStatus;
import io.pims.authentication.transaction.TransactionWriter.UserKey;
import io.pims.authentication.trustedphonenumber.ResetNumber;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdmissionDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final SealedNumber NUMBER = new SealedNumber(new byte[] {1}, "k1", new byte[] {2});
    private static final SealedNumber OTHER = new SealedNumber(new byte[] {3}, "k1", new byte[] {4});
    private static final Charge ROOM = charge(true);
    private static final Charge NO_ROOM = charge(false);

    private final IssuedCodes codes = new IssuedCodes(List.of(), "k1", Duration.ofMinutes(10), Duration.ofMinutes(2));
    private long nanoTime;
    private final Deadline deadline = Deadline.in(Duration.ofSeconds(30), () -> nanoTime);
    private int ids;

    private static Charge charge(boolean allowed) {
        return new Charge(
                allowed,
                NOW,
                new Charge.Quota("user-3600s", Limit.parse("5/1h"), 4, Duration.ofSeconds(30)),
                List.of());
    }

    private QueuedRequest request(String user, Optional<SealedNumber> newNumber, String key) {
        Caller caller = new Caller(
                new Driver(user, Optional.empty(), Optional.empty()),
                new UUID(0, ++ids),
                "en",
                Optional.of("address"),
                Optional.empty());
        SmsCodeType type = newNumber.isPresent() ? SmsCodeType.PHONE_NUMBER_CERTIFICATION : SmsCodeType.RESET_PIN;
        return new QueuedRequest(new CodeRequest(caller, type, newNumber, Optional.ofNullable(key)), true, deadline);
    }

    private QueuedRequest reset(String user) {
        return request(user, Optional.empty(), null);
    }

    private static ResetNumber onFile() {
        return new ResetNumber(NUMBER, Optional.empty());
    }

    @Test
    void each_request_is_recorded_with_its_own_number_and_code() {
        QueuedRequest reset = reset("a");
        QueuedRequest certification = request("b", Optional.of(OTHER), null);
        AdmissionDecisions batch = new AdmissionDecisions(List.of(reset, certification));
        batch.resolve(Map.of("a", onFile()));

        batch.chargeable(Map.of(), charged -> true).forEach(request -> batch.decide(request, ROOM, codes));

        assertThat(batch.usersResetting()).containsExactly("a");
        assertThat(batch.newTransactions())
                .extracting(
                        NewTransaction::id,
                        transaction -> transaction.order().user(),
                        transaction -> transaction.order().number().hash())
                .containsExactly(tuple(reset.id(), "a", NUMBER.hash()), tuple(certification.id(), "b", OTHER.hash()));
        assertThat(batch.decisions()).allSatisfy(decision -> {
            assertThat(decision.acceptance().transaction().status()).isEqualTo(TransactionStatus.PENDING);
            assertThat(decision.refusal()).isNull();
        });
        assertThat(codes.renewed()).hasSize(2);
    }

    @Test
    void one_without_a_number_is_refused_and_not_charged_and_the_others_are_recorded() {
        QueuedRequest without = reset("a");
        QueuedRequest with = reset("b");
        AdmissionDecisions batch = new AdmissionDecisions(List.of(without, with));
        batch.resolve(Map.of("b", onFile()));

        List<QueuedRequest> chargeable = batch.chargeable(Map.of(), charged -> true);
        chargeable.forEach(request -> batch.decide(request, ROOM, codes));

        assertThat(chargeable).containsExactly(with);
        assertThat(batch.decisions().get(0).refusal().status()).isEqualTo(409);
        assertThat(batch.newTransactions()).extracting(NewTransaction::id).containsExactly(with.id());
    }

    @Test
    void whose_number_it_is_is_told_by_what_is_on_file() {
        QueuedRequest reset = reset("a");
        QueuedRequest own = request("b", Optional.of(NUMBER), null);
        QueuedRequest another = request("c", Optional.of(OTHER), null);
        QueuedRequest first = request("d", Optional.of(NUMBER), null);
        AdmissionDecisions batch = new AdmissionDecisions(List.of(reset, own, another, first));

        batch.resolve(Map.of("a", onFile(), "b", onFile(), "c", onFile()));

        assertThat(List.of(reset, own, another, first))
                .extracting(request -> batch.chargedRequest(request).onFile())
                .containsExactly(true, true, false, false);
    }

    @Test
    void those_who_ask_are_known_before_their_numbers_on_file_are() {
        AdmissionDecisions batch = new AdmissionDecisions(List.of(reset("a"), request("b", Optional.of(OTHER), null)));

        assertThat(batch.requestsToLock())
                .extracting(ChargedRequest::user, ChargedRequest::numberHash)
                .containsExactly(tuple("a", Optional.empty()), tuple("b", Optional.of("04")));
    }

    @Test
    void one_whose_number_changed_after_the_locks_were_taken_is_decided_in_the_next_batch() {
        QueuedRequest changed = reset("a");
        QueuedRequest other = reset("b");
        AdmissionDecisions batch = new AdmissionDecisions(List.of(changed, other));
        batch.resolve(Map.of("a", new ResetNumber(OTHER, Optional.empty()), "b", onFile()));

        List<QueuedRequest> chargeable =
                batch.chargeable(Map.of(), charged -> charged.numberHash().equals(Optional.of("02")));

        assertThat(chargeable).containsExactly(other);
        assertThat(batch.decisions().get(0)).isEqualTo(Decision.IN_NEXT_BATCH);
    }

    @Test
    void a_number_that_was_changed_without_the_pin_receives_no_reset_yet() {
        AdmissionDecisions batch = new AdmissionDecisions(List.of(reset("a")));
        batch.resolve(Map.of("a", new ResetNumber(NUMBER, Optional.of(Duration.ofMinutes(5)))));

        assertThat(batch.chargeable(Map.of(), charged -> true)).isEmpty();

        assertThat(batch.decisions().get(0).refusal().status()).isEqualTo(429);
        assertThat(batch.decisions().get(0).refusal().headers()).containsEntry("Retry-After", "300");
    }

    @Test
    void a_certification_does_not_care_for_the_hold() {
        AdmissionDecisions batch = new AdmissionDecisions(List.of(request("a", Optional.of(OTHER), null)));
        batch.resolve(Map.of("a", new ResetNumber(NUMBER, Optional.of(Duration.ofMinutes(5)))));

        assertThat(batch.chargeable(Map.of(), charged -> true)).hasSize(1);
    }

    @Test
    void one_over_a_limit_is_refused_and_leaves_nothing_to_write() {
        AdmissionDecisions batch = new AdmissionDecisions(List.of(reset("a")));
        batch.resolve(Map.of("a", onFile()));

        batch.chargeable(Map.of(), charged -> true).forEach(request -> batch.decide(request, NO_ROOM, codes));

        assertThat(batch.decisions().get(0).refusal().status()).isEqualTo(429);
        assertThat(batch.newTransactions()).isEmpty();
        assertThat(codes.renewed()).isEmpty();
    }

    @Test
    void a_key_that_is_known_gives_its_transaction_though_the_number_is_gone() {
        QueuedRequest again = request("a", Optional.empty(), "key");
        AdmissionDecisions batch = new AdmissionDecisions(List.of(again));
        batch.resolve(Map.of());
        Transaction first = new Transaction(new UUID(9, 9), TransactionStatus.SUCCEEDED, null);

        List<QueuedRequest> chargeable = batch.chargeable(
                Map.of(new UserKey("a", "key"), new Replay(first, "resetPIN", OTHER.hash())), charged -> true);

        assertThat(chargeable).isEmpty();
        assertThat(batch.decisions().get(0).acceptance()).isEqualTo(Acceptance.known(first));
    }

    @Test
    void a_key_that_stood_for_something_else_is_refused() {
        AdmissionDecisions batch = new AdmissionDecisions(List.of(request("a", Optional.empty(), "key")));
        batch.resolve(Map.of("a", onFile()));
        Transaction first = new Transaction(new UUID(9, 9), TransactionStatus.SUCCEEDED, null);

        batch.chargeable(
                Map.of(new UserKey("a", "key"), new Replay(first, "phoneNumberCertification", NUMBER.hash())),
                charged -> true);

        assertThat(batch.decisions().get(0).refusal().status()).isEqualTo(422);
    }

    @Test
    void of_two_with_one_key_the_second_is_decided_once_the_first_is_recorded() {
        QueuedRequest first = request("a", Optional.empty(), "key");
        QueuedRequest second = request("a", Optional.empty(), "key");
        QueuedRequest stranger = request("b", Optional.empty(), "key");
        AdmissionDecisions batch = new AdmissionDecisions(List.of(first, second, stranger));
        batch.resolve(Map.of("a", onFile(), "b", onFile()));

        List<QueuedRequest> chargeable = batch.chargeable(Map.of(), charged -> true);
        chargeable.forEach(request -> batch.decide(request, ROOM, codes));

        assertThat(chargeable).containsExactly(first, stranger);
        assertThat(batch.decisions().get(1)).isEqualTo(Decision.IN_NEXT_BATCH);
    }

    /** Else each of them takes a batch of its own, and keeps its place in flight until then. */
    @Test
    void of_many_with_one_key_all_are_refused_with_the_first() {
        QueuedRequest first = request("a", Optional.empty(), "key");
        QueuedRequest second = request("a", Optional.empty(), "key");
        QueuedRequest third = request("a", Optional.empty(), "key");
        QueuedRequest another = request("a", Optional.empty(), "other key");
        QueuedRequest stranger = request("b", Optional.empty(), "key");
        AdmissionDecisions batch = new AdmissionDecisions(List.of(first, second, third, another, stranger));
        batch.resolve(Map.of("a", onFile(), "b", onFile()));

        List<QueuedRequest> chargeable = batch.chargeable(Map.of(), charged -> true);
        batch.decide(first, NO_ROOM, codes);
        batch.decide(another, ROOM, codes);
        batch.decide(stranger, ROOM, codes);

        assertThat(chargeable).containsExactly(first, another, stranger);
        assertThat(batch.decisions().subList(0, 3))
                .allSatisfy(decision -> assertThat(decision.refusal().status()).isEqualTo(429));
        assertThat(batch.newIds()).containsExactlyInAnyOrder(another.id(), stranger.id());
    }

    @Test
    void one_whose_client_has_given_up_is_not_put_off() {
        QueuedRequest second = request("a", Optional.empty(), "key");
        QueuedRequest closed = reset("b");
        AdmissionDecisions batch =
                new AdmissionDecisions(List.of(request("a", Optional.empty(), "key"), second, closed));
        batch.resolve(Map.of("a", onFile(), "b", onFile()));
        second.giveUp();
        closed.giveUp();

        batch.chargeable(Map.of(), charged -> charged.user().equals("a"));

        assertThat(batch.decisions().subList(1, 3))
                .allSatisfy(decision -> assertThat(decision.refusal().status()).isEqualTo(503));
    }

    @Test
    void two_of_one_user_without_a_key_get_the_same_code() {
        AdmissionDecisions batch = new AdmissionDecisions(List.of(reset("a"), reset("a")));
        batch.resolve(Map.of("a", onFile()));

        batch.chargeable(Map.of(), charged -> true).forEach(request -> batch.decide(request, ROOM, codes));

        assertThat(batch.newTransactions())
                .extracting(transaction -> transaction.order().code())
                .hasSize(2)
                .containsOnly(batch.newTransactions().get(0).order().code());
        assertThat(codes.renewed()).hasSize(1);
    }

    @Test
    void a_client_that_was_told_that_the_database_is_away_is_not_recorded() {
        QueuedRequest gone = reset("a");
        AdmissionDecisions batch = new AdmissionDecisions(List.of(gone));
        batch.resolve(Map.of("a", onFile()));
        gone.giveUp();

        assertThat(batch.chargeable(Map.of(), charged -> true)).isEmpty();

        assertThat(batch.decisions().get(0).refusal().status()).isEqualTo(503);
    }

    @Test
    void what_is_being_recorded_is_not_given_up_any_more() {
        QueuedRequest request = reset("a");
        AdmissionDecisions batch = new AdmissionDecisions(List.of(request));
        batch.resolve(Map.of("a", onFile()));

        assertThat(batch.chargeable(Map.of(), charged -> true)).containsExactly(request);

        assertThat(request.giveUp()).isFalse();
    }

    @Test
    void what_comes_after_the_deadline_of_its_request_is_not_recorded() {
        QueuedRequest late = reset("a");
        AdmissionDecisions batch = new AdmissionDecisions(List.of(late));
        batch.resolve(Map.of("a", onFile()));
        nanoTime += Duration.ofSeconds(30).toNanos();

        assertThat(batch.chargeable(Map.of(), charged -> true)).isEmpty();

        assertThat(batch.decisions().get(0).refusal().status()).isEqualTo(503);
    }

    @Test
    void a_new_transaction_has_the_deadline_of_its_requests_arrival() {
        QueuedRequest request = reset("a");
        AdmissionDecisions batch = new AdmissionDecisions(List.of(request));
        batch.resolve(Map.of("a", onFile()));
        nanoTime += Duration.ofSeconds(12).toNanos();

        batch.chargeable(Map.of(), charged -> true).forEach(each -> batch.decide(each, ROOM, codes));

        assertThat(batch.newTransactions().get(0).deadline().left()).isEqualTo(Duration.ofSeconds(18));
    }

    @Test
    void what_could_not_be_recorded_with_the_others_can_be_by_itself_while_its_client_waits() {
        QueuedRequest patient = reset("a");
        QueuedRequest impatient = reset("b");
        List<QueuedRequest> both = List.of(patient, impatient);
        AdmissionDecisions together = new AdmissionDecisions(both);
        together.resolve(Map.of("a", onFile(), "b", onFile()));
        together.chargeable(Map.of(), charged -> true);

        assertThat(impatient.giveUp()).as("it may have been recorded").isFalse();
        both.forEach(QueuedRequest::notRecorded);

        AdmissionDecisions again = new AdmissionDecisions(both);
        again.resolve(Map.of("a", onFile(), "b", onFile()));
        assertThat(again.chargeable(Map.of(), charged -> true)).containsExactly(patient);
        assertThat(again.decisions().get(1).refusal().status()).isEqualTo(503);
    }

    @Test
    void one_that_was_refused_is_not_recorded_though_it_was_being_recorded() {
        QueuedRequest refused = reset("a");
        AdmissionDecisions batch = new AdmissionDecisions(List.of(refused));
        batch.resolve(Map.of("a", onFile()));
        batch.chargeable(Map.of(), charged -> true);

        refused.refuse();

        assertThat(batch.chargeable(Map.of(), charged -> true)).isEmpty();
    }

    @Test
    void after_a_broken_commit_only_what_is_found_was_accepted() {
        QueuedRequest lost = reset("a");
        QueuedRequest kept = reset("b");
        AdmissionDecisions batch = new AdmissionDecisions(List.of(lost, kept));
        batch.resolve(Map.of("a", onFile(), "b", onFile()));
        batch.chargeable(Map.of(), charged -> true).forEach(request -> batch.decide(request, ROOM, codes));

        batch.refuseUnrecorded(Set.of(kept.id()), new IllegalStateException("cut"));

        assertThat(batch.decisions().get(0).refusal().status()).isEqualTo(503);
        assertThat(batch.decisions().get(1).acceptance().transaction().id()).isEqualTo(kept.id());
    }
}
