package io.pims.authentication.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.transaction.DeliveryState;
import io.pims.authentication.transaction.DeliveryStatus;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageStatusTest {

    private static final UUID TRANSACTION = new RequestIds().generate();

    private static Receipt read(String body) {
        return MessageStatus.read(body.getBytes(UTF_8));
    }

    private static Optional<DeliveryState> state(String status, String error) {
        return read("{\"status\":\"" + status + "\",\"error\":" + error.replace('\'', '"') + "}")
                .state();
    }

    @Test
    void transaction_status_and_country_are_read() {
        assertThat(read(SignedMessageStatus.about(TRANSACTION, "delivered").body()))
                .isEqualTo(new Receipt(
                        Optional.of(TRANSACTION), Optional.of(new DeliveryState(DeliveryStatus.DELIVERED, 0)), "FR"));
    }

    @ParameterizedTest
    @CsvSource({
        "submitted, SUBMITTED",
        "delivered, DELIVERED",
        "rejected, REJECTED",
        "undeliverable, FAILED",
        "read,",
        "Delivered,",
        "expired,",
        "accepted,",
        "'',",
        "new-one,"
    })
    void each_status_of_an_SMS_has_its_state_and_no_other_has_one(String status, DeliveryStatus state) {
        assertThat(read(new SignedMessageStatus().with("status", status).body()).state())
                .isEqualTo(Optional.ofNullable(state).map(known -> new DeliveryState(known, 0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'title':'1050'}|1050",
                "{'title':1050}|1050",
                "{'type':'https://developer.vonage.com/api-errors/messages#1050'}|1050",
                "{'type':'https://developer.nexmo.com/api-errors/messages-olympus#1050','title':'1050'}|1050",
                "{'title':'Number barred','type':'https://developer.vonage.com/api-errors/messages#1050'}|1050",
                "{'error':{'title':1050}}|1050",
                "{'error':{'title':'1050'},'title':'1'}|1050",
                "{'title':'#1050'}|1050",
                "{'title':'1050 '}|0",
                "{'title':'-1'}|0",
                "{'title':'0'}|0",
                "{'title':'1234567'}|0",
                "{'title':1.5}|0",
                "{'title':{}}|0",
                "{'title':['1050']}|0",
                "{'title':true}|0",
                "{'type':1050}|0",
                "{'type':'low-balance'}|0",
                "{'error':'1050'}|0",
                "{}|0",
                "null|0",
                "'1050'|0",
                "[]|0",
                "1050|0"
            })
    void the_code_of_an_error_is_its_title_or_the_end_of_its_type(String error, int code) {
        assertThat(state("undeliverable", error)).contains(new DeliveryState(DeliveryStatus.FAILED, code));
        assertThat(state("rejected", error)).contains(new DeliveryState(DeliveryStatus.REJECTED, code));
        assertThat(state("delivered", error))
                .as("an error of what arrived is none")
                .contains(new DeliveryState(DeliveryStatus.DELIVERED, 0));
    }

    @Test
    void what_ran_out_of_time_is_expired_though_it_comes_as_rejected() {
        assertThat(state("rejected", "{'title':1360}")).contains(new DeliveryState(DeliveryStatus.EXPIRED, 1360));
        assertThat(state("undeliverable", "{'title':1360}")).contains(new DeliveryState(DeliveryStatus.FAILED, 1360));
    }

    @ParameterizedTest
    @ValueSource(ints = {1180, 1190, 1200, 1210, 1220, 1230, 1330})
    void what_failed_in_the_network_is_failed_though_it_comes_as_rejected(int code) {
        assertThat(state("rejected", "{'title':" + code + "}"))
                .contains(new DeliveryState(DeliveryStatus.FAILED, code));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 1070, 1120, 1170, 1179, 1231, 1240, 1320, 1331, 1359, 1361})
    void what_else_comes_as_rejected_is_rejected(int code) {
        assertThat(state("rejected", code == 0 ? "{}" : "{'title':" + code + "}"))
                .contains(new DeliveryState(DeliveryStatus.REJECTED, code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "true", "[]", "{}", "[\"delivered\"]", "{\"status\":\"delivered\"}", "\"\""})
    void a_field_of_another_type_is_as_if_it_were_not_there(String value) {
        Receipt receipt = read("{\"client_ref\":" + value + ",\"status\":" + value + ",\"to\":" + value + "}");

        assertThat(receipt).isEqualTo(new Receipt(Optional.empty(), Optional.empty(), "other"));
    }

    @ParameterizedTest
    @CsvSource({
        "33612345678, FR",
        "+33612345678, FR",
        "4915112345678, DE",
        "33612345678x, other",
        "0, other",
        "'', other"
    })
    void the_country_is_that_of_the_number(String number, String country) {
        assertThat(read(new SignedMessageStatus().with("to", number).body()).country())
                .isEqualTo(country);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"delivered\"",
                "[]",
                "{",
                "{\"status\":\"delivered\"",
                "{\"status\":\"delivered\"}x",
                "{\"status\":\"delivered\"}{}",
                "{\"status\":\"delivered\",\"status\":\"rejected\"}",
                "{'status':'delivered'}",
                "{\"price\":NaN}",
                "{\"price\":123456789012345678901234567890123}",
                "status=delivered",
                "\0"
            })
    void what_is_no_JSON_object_is_refused(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(ApiException.class)
                .hasMessage("Invalid body parameter")
                .hasNoCause();
    }

    @Test
    void it_is_nested_no_deeper_than_its_bound() {
        assertThat(read("{\"x\":" + "[".repeat(7) + "]".repeat(7) + ",\"status\":\"delivered\"}")
                        .state())
                .isPresent();
        for (int depth : new int[] {8, 8_000}) {
            assertThatThrownBy(() -> read("{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}"))
                    .isInstanceOf(ApiException.class);
        }
    }
}
