package io.pims.authentication.sms.vonage;

import static io.pims.authentication.sms.SmsOutcome.Kind.ACCEPTED;
import static io.pims.authentication.sms.SmsOutcome.Kind.FAULT;
import static io.pims.authentication.sms.SmsOutcome.Kind.MISCONFIGURED;
import static io.pims.authentication.sms.SmsOutcome.Kind.REFUSED;
import static io.pims.authentication.sms.SmsOutcome.Kind.TRY_LATER;
import static org.assertj.core.api.Assertions.assertThat;

import com.vonage.client.Jsonable;
import com.vonage.client.VonageMethodFailedException;
import com.vonage.client.sms.MessageStatus;
import com.vonage.client.sms.SmsSubmissionResponse;
import io.pims.authentication.sms.SmsOutcome;
import java.net.NoRouteToHostException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VonageOutcomesTest {

    @Test
    void status_0_is_accepted_with_the_message_id() {
        assertThat(answer("0")).isEqualTo(SmsOutcome.accepted("0C0001", "0"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10})
    void what_the_provider_can_not_do_now_is_tried_later(int status) {
        assertThat(answer(status)).isEqualTo(SmsOutcome.tryLater("" + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 9, 11, 14, 15, 16, 18, 19, 20, 23, 29, 32})
    void a_bad_account_or_parameter_is_misconfigured(int status) {
        assertThat(answer(status)).isEqualTo(SmsOutcome.misconfigured("" + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 12, 17, 22, 33})
    void the_final_word_on_a_number_is_refused(int status) {
        assertThat(answer(status)).isEqualTo(SmsOutcome.refused("" + status));
    }

    @Test
    void a_broken_line_behind_the_provider_is_a_fault() {
        assertThat(answer("13")).isEqualTo(SmsOutcome.fault("13"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"21", "34", "999", "-1"})
    void a_status_nobody_knows_is_a_fault_and_may_pass(String status) {
        assertThat(answer(status)).isEqualTo(SmsOutcome.fault("unknown"));
    }

    @ParameterizedTest
    @EnumSource
    void every_status_of_the_sdk_has_a_meaning_and_only_ok_is_accepted(MessageStatus status) {
        assertThat(VonageOutcomes.of(status, "id").kind() == ACCEPTED).isEqualTo(status == MessageStatus.OK);
    }

    @Test
    void the_worst_part_decides() {
        assertThat(answer("0", "0").kind()).isEqualTo(ACCEPTED);
        assertThat(answer("0", "1").kind()).isEqualTo(TRY_LATER);
        assertThat(answer("1", "999", "0").kind()).isEqualTo(FAULT);
        assertThat(answer("999", "7", "1").kind()).isEqualTo(REFUSED);
        assertThat(answer("7", "4").kind()).isEqualTo(MISCONFIGURED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"messages\":null}",
                "{\"messages\":[]}",
                "{\"messages\":[null]}",
                "{\"message-count\":\"1\",\"messages\":[{}]}",
                "{\"messages\":[{\"status\":null}]}",
                "{\"messages\":[{\"status\":\"0\"},{\"message-id\":\"x\"}]}",
            })
    void half_an_answer_is_a_fault(String json) {
        assertThat(VonageOutcomes.of(Jsonable.fromJson(json, SmsSubmissionResponse.class))
                        .kind())
                .isEqualTo(FAULT);
    }

    @Test
    void a_success_without_an_id_is_still_accepted_because_a_repeat_would_send_twice() {
        assertThat(VonageOutcomes.of(MessageStatus.OK, null)).isEqualTo(SmsOutcome.accepted(null, "0"));
    }

    @ParameterizedTest
    @CsvSource({
        "302, MISCONFIGURED",
        "400, MISCONFIGURED",
        "401, MISCONFIGURED",
        "403, MISCONFIGURED",
        "404, MISCONFIGURED",
        "407, MISCONFIGURED",
        "408, FAULT",
        "425, FAULT",
        "429, TRY_LATER",
        "500, FAULT",
        "503, FAULT",
        "599, FAULT",
    })
    void an_http_status_says_whether_a_repeat_helps(int status, SmsOutcome.Kind kind) {
        assertThat(VonageOutcomes.ofHttp(status, OptionalInt.empty()))
                .isEqualTo(new SmsOutcome(kind, null, "HTTP " + status));
    }

    @Test
    void no_route_is_unreachable() {
        assertThat(VonageOutcomes.of(new VonageMethodFailedException("", new NoRouteToHostException())))
                .isEqualTo(SmsOutcome.unreachable("NoRouteToHostException"));
    }

    @Test
    void a_failure_of_the_sdk_itself_is_a_fault_that_names_only_its_class() {
        assertThat(VonageOutcomes.of(new IllegalArgumentException("+33612345678")))
                .isEqualTo(SmsOutcome.fault("IllegalArgumentException"));
    }

    private static SmsOutcome answer(int status) {
        return answer("" + status);
    }

    private static SmsOutcome answer(String... statuses) {
        return VonageOutcomes.of(Jsonable.fromJson(ScriptedVonage.json(statuses), SmsSubmissionResponse.class));
    }
}
