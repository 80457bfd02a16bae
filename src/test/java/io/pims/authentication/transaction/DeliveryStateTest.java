package io.pims.authentication.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.receipt.DeliveryWriterTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the database does the same is in {@link DeliveryWriterTest}. */
class DeliveryStateTest {

    private static DeliveryState after(List<DeliveryState> receipts) {
        DeliveryState known = null;
        for (DeliveryState receipt : receipts) {
            if (known == null || receipt.supersedes(known)) {
                known = receipt;
            }
        }
        return known;
    }

    @Provide
    Arbitrary<DeliveryState> receipt() {
        return Combinators.combine(Arbitraries.of(DeliveryStatus.class), Arbitraries.of(0, 1, 6, 99))
                .as(DeliveryState::new);
    }

    @Property
    void receipts_in_any_order_and_as_often_as_they_like_end_the_same(
            @ForAll List<@From("receipt") DeliveryState> receipts, @ForAll Random random) {
        List<DeliveryState> others = new ArrayList<>(receipts);
        receipts.stream().filter(receipt -> random.nextBoolean()).forEach(others::add);
        Collections.shuffle(others, random);

        assertThat(after(others)).isEqualTo(after(receipts));
    }

    @Property
    void whoever_has_a_receipt_of_delivery_stays_with_it(@ForAll List<@From("receipt") DeliveryState> receipts) {
        receipts.add(new DeliveryState(DeliveryStatus.DELIVERED, 0));

        assertThat(after(receipts).status()).isEqualTo(DeliveryStatus.DELIVERED);
    }

    @ParameterizedTest
    @CsvSource({"DELIVERED, 0, delivered", "FAILED, 6, failed;err-code=6", "SUBMITTED, 0, submitted"})
    void a_state_is_told_with_its_error_code_if_there_is_one(DeliveryStatus status, int errorCode, String told) {
        assertThat(new DeliveryState(status, errorCode).header()).isEqualTo(told);
    }

    @Test
    void a_transaction_that_succeeded_was_submitted_and_another_is_in_no_state() {
        assertThat(new Transaction(new UUID(1, 2), TransactionStatus.SUCCEEDED, null).delivery())
                .isEqualTo(new DeliveryState(DeliveryStatus.SUBMITTED, 0));
        assertThat(new Transaction(new UUID(1, 2), TransactionStatus.PENDING, null).delivery())
                .isNull();
    }
}
