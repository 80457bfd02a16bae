package io.pims.authentication.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.transaction.DeliveryState;
import io.pims.authentication.transaction.DeliveryStatus;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {

    @ParameterizedTest
    @CsvSource({
        "accepted, SUBMITTED",
        "buffered, SUBMITTED",
        "delivered, DELIVERED",
        "expired, EXPIRED",
        "failed, FAILED",
        "rejected, REJECTED"
    })
    void each_status_of_Vonage_is_a_state_of_ours(String status, DeliveryStatus expected) {
        assertThat(Receipt.of(Map.of("status", status, "err-code", "0")).state())
                .contains(new DeliveryState(expected, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "", "DELIVERED", "seen"})
    void another_status_is_none(String status) {
        assertThat(Receipt.of(Map.of("status", status)).state()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "6, 6",
        "099, 99",
        "999, 999",
        "1000, 1000",
        "999999, 999999",
        "1000000, 0",
        "-1, 0",
        "six, 0",
        "'', 0"
    })
    void the_error_code_is_a_number_of_six_digits_or_none(String text, int expected) {
        assertThat(Receipt.of(Map.of("status", "failed", "err-code", text)).state())
                .contains(new DeliveryState(DeliveryStatus.FAILED, expected));
    }

    @ParameterizedTest
    @CsvSource({
        "33612345678, FR",
        "+33612345678, FR",
        "447400123456, GB",
        "4915112345678, DE",
        "12015550123, US",
        "14165550123, CA",
        "0, other",
        "999, other",
        "88213000000, other",
        "80012345678, other",
        "33612345678x, other",
        "99999999999999999999, other",
        "'', other"
    })
    void the_country_is_that_of_the_number(String msisdn, String country) {
        assertThat(Receipt.of(Map.of("msisdn", msisdn)).country()).isEqualTo(country);
    }

    @Test
    void the_transaction_is_the_client_ref_where_that_is_one_of_ours() {
        UUID id = UUID.randomUUID();

        assertThat(Receipt.of(Map.of("client-ref", id.toString())).transaction())
                .contains(id);
        assertThat(Receipt.of(Map.of("client-ref", "order 7")).transaction()).isEmpty();
        assertThat(Receipt.of(Map.of("client-ref", "1-1-1-1-1")).transaction()).isEmpty();
        assertThat(Receipt.of(Map.of()).transaction()).isEmpty();
    }

    @Property(tries = 500)
    void nothing_that_comes_is_too_much(
            @ForAll String ref, @ForAll String status, @ForAll String error, @ForAll String to) {
        Receipt receipt = Receipt.of(Map.of("client-ref", ref, "status", status, "err-code", error, "msisdn", to));

        assertThat(receipt.country()).matches("[A-Z]{2}|other");
    }
}
