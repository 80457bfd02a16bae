package io.pims.authentication.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.code.CodeReference;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransactionTest {

    private static final UUID ID = new UUID(1, 2);

    @Test
    void each_state_is_told_by_its_envelope() {
        assertThat(new Transaction(ID, TransactionStatus.PENDING, null).envelope())
                .isEqualTo(Envelope.pending(ID));
        assertThat(new Transaction(ID, TransactionStatus.SUCCEEDED, null).envelope())
                .isEqualTo(Envelope.succeeded(ID));
        assertThat(new Transaction(ID, TransactionStatus.FAILED, ErrorCode.TIMEOUT).envelope())
                .isEqualTo(Envelope.failed(ID, ErrorCode.TIMEOUT, null));
    }

    @ParameterizedTest
    @CsvSource({"PENDING, false", "SUCCEEDED, true", "FAILED, true"})
    void only_a_pending_one_may_still_change(TransactionStatus status, boolean isFinal) {
        assertThat(status.isFinal()).isEqualTo(isFinal);
    }

    @ParameterizedTest
    @EnumSource
    void a_row_is_seen_with_its_state_and_no_error(TransactionStatus status) {
        assertThat(Transaction.of(ID, status.name(), null)).isEqualTo(new Transaction(ID, status, null));
    }

    @ParameterizedTest
    @EnumSource
    void a_failed_row_is_seen_with_its_error(ErrorCode error) {
        assertThat(Transaction.of(ID, "FAILED", error.code()))
                .isEqualTo(new Transaction(ID, TransactionStatus.FAILED, error));
    }

    @Test
    void an_idempotency_key_stands_for_what_was_asked_for_under_it() {
        Transaction recorded = new Transaction(ID, TransactionStatus.PENDING, null);
        Replay replay = new Replay(recorded, "certification", new byte[] {1, 2});

        assertThat(replay.answer(asked("certification", new byte[] {1, 2}))).isEqualTo(recorded);
        assertSomethingElse(replay, asked("certification", new byte[] {1, 3}));
        assertSomethingElse(replay, asked("resetPIN", null));
    }

    @Test
    void a_key_for_the_number_on_file_stands_for_it_also_when_that_is_another_by_now() {
        Transaction recorded = new Transaction(ID, TransactionStatus.PENDING, null);
        Replay replay = new Replay(recorded, "resetPIN", new byte[] {1, 2});

        assertThat(replay.answer(asked("resetPIN", null))).isEqualTo(recorded);
    }

    private static Idempotency asked(String type, byte[] numberHash) {
        return new Idempotency("k", type, Optional.ofNullable(numberHash));
    }

    private static void assertSomethingElse(Replay replay, Idempotency asked) {
        assertThatThrownBy(() -> replay.answer(asked))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(422));
    }

    @Test
    void an_order_prints_neither_user_nor_number() {
        SmsOrder order = new SmsOrder(
                "driver",
                "resetPIN",
                new SealedNumber(new byte[] {1}, "k1", new byte[] {2}),
                Optional.of(new CodeReference(ID, "k2", Instant.parse("2026-11-24T12:00:00Z"))),
                "fr",
                "peugeot",
                Optional.empty());

        assertThat(order).hasToString("SmsOrder[type=resetPIN, language=fr, brand=peugeot]");
    }
}
