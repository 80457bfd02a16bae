package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.PINCODE;
import static io.pims.authentication.facade.Messages.SMSCODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationTest {

    private static final String NUMBER = "+33612345678";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get | smscode | type=resetPIN | POST",
                "get | smscode | type=phoneNumberCertification phoneNumber=0612345678 | POST",
                "set | smscode | action=addPhoneNumber phoneNumber=+33612345678 smsCode=012345 | PUT",
                "set | smscode | action=modifyPhoneNumber phoneNumber=+33612345678 smsCode=012345 | PUT",
                "set | smscode | action=modifyPhoneNumber phoneNumber=+33612345678 smsCode=012345 pinCode=0482 | PUT",
                "get | trustedphonenumber | | GET",
                "set | pincode | action=reset smsCode=012345 pinCode=0482 | PUT",
                "set | pincode | action=update oldPIN=0482 newPIN=5902 | PUT",
                "get | account | | GET",
            })
    void each_operation_is_sent_as_it_was_given(String verb, String api, String parameters, String method) {
        Map<String, String> given = parameters(parameters);

        Order order = Operation.order(verb, "pims.authentication." + api, given);

        assertThat(order.method()).isEqualTo(method);
        assertThat(order.path()).isEqualTo("/v1/authentication/" + api);
        assertThat(order.body()).isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "012 345",
                "012-345",
                "#012345",
                "012345 ",
                "012345\n",
                "012\u00a0345",
                "\u200e012345\u200f",
                "０１２３４５"
            })
    void a_code_and_a_number_are_sent_as_they_were_pasted(String code) {
        Map<String, String> reset = Map.of("action", "reset", "smsCode", code, "pinCode", "0482");
        Map<String, String> add =
                Map.of("action", "addPhoneNumber", "phoneNumber", "\u202a+33 6 12 34 56 78\u202c\r\n", "smsCode", code);

        assertThat(Operation.order("set", PINCODE, reset).body()).isEqualTo(reset);
        assertThat(Operation.order("set", SMSCODE, add).body()).isEqualTo(add);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01234", "0123456", "O12345", "012345x", "012345                            "})
    void what_can_be_no_code_is_refused_without_the_service(String code) {
        Map<String, String> reset = Map.of("action", "reset", "smsCode", code, "pinCode", "0482");

        assertRefused("set", PINCODE, reset, "2102 Invalid smsCode parameter");
    }

    @ParameterizedTest
    @CsvSource({
        "get, pims.authentication.pincode",
        "set, pims.authentication.account",
        "set, pims.authentication.trustedphonenumber",
        "get, pims.authentication.smsCode",
        "get, pims.authentication.smscode-resetPIN",
        "get, ''",
        "get,",
    })
    void another_api_is_not_supported(String verb, String api) {
        assertRefused(verb, api, Map.of("type", "resetPIN"), "2002 API not supported");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "get | smscode | | 2101 Missing type parameter",
                "get | smscode | type=resetpin | 2102 Invalid type parameter",
                "get | smscode | type=addPhoneNumber | 2102 Invalid type parameter",
                "get | smscode | type=resetPIN phoneNumber=0612345678 | 2102 Invalid phoneNumber parameter",
                "get | smscode | type=phoneNumberCertification | 2101 Missing phoneNumber parameter",
                "set | smscode | type=resetPIN | 2101 Missing action parameter",
                "set | smscode | action=remove | 2102 Invalid action parameter",
                "set | smscode | action=addPhoneNumber | 2101 Missing phoneNumber parameter",
                "set | smscode | action=addPhoneNumber phoneNumber=06 | 2101 Missing smsCode parameter",
                "set | smscode | action=addPhoneNumber phoneNumber=06 smsCode=012345 pinCode=0482 | 2102 Invalid pinCode parameter",
                "set | smscode | action=modifyPhoneNumber phoneNumber=06 smsCode=12345 | 2102 Invalid smsCode parameter",
                "set | pincode | action=reset pinCode=0482 | 2101 Missing smsCode parameter",
                "set | pincode | action=reset smsCode=012345 | 2101 Missing pinCode parameter",
                "set | pincode | action=reset smsCode=012345 pinCode=O482 | 2102 Invalid pinCode parameter",
                "set | pincode | action=update newPIN=0482 | 2101 Missing oldPIN parameter",
                "set | pincode | action=update oldPIN=0482 | 2101 Missing newPIN parameter",
                "set | pincode | action=update oldPIN=0482 newPIN=0000000000000 | 2102 Invalid newPIN parameter",
                "set | pincode | action=update oldPIN=0482 newPIN=5902 smsCode=012345 | 2102 Invalid smsCode parameter",
                "get | account | type=resetPIN | 2102 Invalid type parameter",
            })
    void missing_and_invalid_parameters_are_named(String verb, String api, String parameters, String message) {
        assertRefused(verb, "pims.authentication." + api, parameters(parameters), message);
    }

    @Test
    void a_code_that_is_a_number_may_have_lost_its_leading_zeros() {
        Map<String, Object> parameters = Map.of("action", "reset", "smsCode", 12345, "pinCode", "0482");

        assertRefused("set", PINCODE, parameters, "2102 Invalid smsCode parameter");
    }

    @Test
    void a_parameter_that_is_null_is_missing_and_null_is_none_at_all() {
        assertRefused("get", SMSCODE, Collections.singletonMap("type", null), "2101 Missing type parameter");
        assertRefused("get", SMSCODE, null, "2101 Missing type parameter");
        assertThat(Operation.order("get", "pims.authentication.account", null).body())
                .isEmpty();
    }

    @Test
    void an_optional_parameter_that_is_null_is_left_out() {
        Map<String, String> parameters =
                new HashMap<>(Map.of("action", "modifyPhoneNumber", "phoneNumber", NUMBER, "smsCode", "012345"));
        parameters.put("pinCode", null);

        assertThat(Operation.order("set", SMSCODE, parameters).body()).doesNotContainKey("pinCode");
    }

    @Test
    void what_is_no_name_is_not_repeated_in_the_label() {
        Map<String, String> odd = Map.of("type", "resetPIN", "\r\n<script>", "x");
        Map<String, String> nameless = new HashMap<>(Map.of("type", "resetPIN"));
        nameless.put(null, "x");

        assertRefused("get", SMSCODE, odd, "2102 Invalid parameters parameter");
        assertRefused("get", SMSCODE, nameless, "2102 Invalid parameters parameter");
    }

    @Test
    void there_is_a_limit_to_how_many_and_how_long_parameters_are() {
        Map<String, String> many =
                IntStream.range(0, 17).boxed().collect(Collectors.toMap(number -> "p" + number, number -> "x"));
        Map<String, String> longOne = Map.of("type", "phoneNumberCertification", "phoneNumber", "0".repeat(65));

        assertRefused("get", SMSCODE, many, "2102 Invalid parameters parameter");
        assertRefused("get", SMSCODE, longOne, "2102 Invalid phoneNumber parameter");
    }

    @Test
    void an_order_does_not_tell_codes_and_pins_to_a_log() {
        Order order = Operation.order("set", PINCODE, Messages.NEW_PIN);

        assertThat(order).hasToString("Order[PUT /v1/authentication/pincode]");
    }

    @Test
    void a_refused_call_reaches_no_network() throws Exception {
        Pims pims = new Pims();
        try (ScriptedService service = new ScriptedService(ScriptedService.succeeded())) {
            pims.initialize(service.client().build());

            Map<String, Object> message = Messages.await(pims.get(SMSCODE, Map.of()));

            assertThat(message)
                    .containsOnlyKeys("transactionId", "status", "error")
                    .containsEntry("error", Map.of("code", 2101, "label", "Missing type parameter"));
            assertThat(service.requests()).isEmpty();
        } finally {
            pims.release();
        }
    }

    private static void assertRefused(String verb, String api, Map<String, ?> parameters, String message) {
        assertThatExceptionOfType(PimsException.class)
                .isThrownBy(() -> Operation.order(verb, api, parameters))
                .withMessage(message);
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (text != null) {
            for (String pair : text.split(" ")) {
                String[] parts = pair.split("=");
                parameters.put(parts[0], parts[1]);
            }
        }
        return parameters;
    }
}
