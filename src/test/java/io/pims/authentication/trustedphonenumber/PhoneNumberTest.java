package io.pims.authentication.trustedphonenumber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"+33612345678", "+1234567", "+123456789012345"})
    void a_number_of_7_to_15_digits_is_kept_as_it_is(String e164) {
        assertThat(new PhoneNumber(e164).e164()).isEqualTo(e164);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "33612345678",
                "+033612345678",
                "+123456",
                "+1234567890123456",
                "+33 612345678",
                "0033612345678",
                "+3361234567x",
                "+33612345678\n",
                "+\u0663\u0663612345678",
            })
    void another_form_is_refused_without_being_repeated(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PhoneNumber(text))
                .withMessage("Not an E.164 number");
    }

    @Test
    void its_text_shows_the_first_two_digits_and_the_length_only() {
        assertThat(new PhoneNumber("+33612345678")).hasToString("+33*********");
    }
}
