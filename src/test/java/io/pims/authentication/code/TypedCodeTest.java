package io.pims.authentication.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedCodeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "012345",
                "012 345",
                "012-345",
                "#012345",
                "# 012345",
                "#012-345 ",
                "0 1 2 3 4 5",
                "01-23-45",
                "012 - 345",
                " 012345 ",
                "012345\n",
                "\r\n012345\r\n",
                "\t012345",
                "012\u00a0345",
                "012\u202f345",
                "012\u2011345",
                "012\u2013345",
                "\u200e012345\u200f",
                "\u2068012\u200b345\u2069",
                "\ufeff012345",
                "０１２３４５",
                "＃０１２　３４５",
            })
    void a_code_is_its_six_digits_however_it_is_pasted(String typed) {
        assertThat(TypedCode.read(typed)).contains("012345");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#",
                "01234",
                "0123456",
                "012345 6",
                "012 34",
                "O12345",
                "012.345",
                "012,345",
                "012\t345",
                "012\n345",
                "+012345",
                "-012345",
                "012345-",
                "##012345",
                "012#345",
                "012345#",
                "\u0660\u0661\u0662\u0663\u0664\u0665",
                "012345\u0000",
                "@peugeot.com #012345",
                "0x1234",
                "1e2345"
            })
    void anything_else_is_none(String typed) {
        assertThat(TypedCode.read(typed)).isEmpty();
    }

    @Test
    void more_than_32_characters_are_not_read() {
        assertThat(TypedCode.read(" ".repeat(26) + "012345")).contains("012345");
        assertThat(TypedCode.read(" ".repeat(27) + "012345")).isEmpty();
        assertThat(TypedCode.read("0".repeat(10_000_000))).isEmpty();
    }

    @Property
    void whatever_is_typed_it_is_six_digits_or_none(@ForAll String typed) {
        Optional<String> code = TypedCode.read(typed);

        assertThat(code.map(digits -> digits.matches("[0-9]{6}")).orElse(true)).isTrue();
    }
}
