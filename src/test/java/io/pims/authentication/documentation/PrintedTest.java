package io.pims.authentication.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintedTest {

    private static final String ID = "01a20d88-7c64-7ab1-be3e-2554fc04844e";
    private static final String OTHER = "01b20d88-7c64-7ab1-be3e-2554fc04844f";

    private final Printed printed = new Printed();

    private boolean isSame(String language, String page, String actual) {
        return printed.difference(new Markdown.Block(language, page), actual).isEmpty();
    }

    @Test
    void an_id_is_another_one_and_the_same_wherever_it_stands() {
        assertThat(isSame("text", ID + " " + ID, OTHER + " " + OTHER)).isTrue();
        assertThat(isSame("text", ID, OTHER)).isTrue();
        assertThat(isSame("text", ID, ID)).isFalse();
        assertThat(isSame("text", OTHER + " " + OTHER, ID + " " + OTHER)).isFalse();
    }

    @Test
    void codes_numbers_and_times_may_differ_and_words_may_not() {
        String page = "+33612345678 Peugeot: 720979 is your code. Valid for 9 min. 2026-11-24T12:29:37.883640280Z";

        assertThat(isSame(
                        "text",
                        page,
                        "+33698765432 Peugeot: 012345 is your code. Valid for 10 min. 2027-01-01T00:00:00Z"))
                .isTrue();
        assertThat(isSame("text", page, page.replace("Peugeot", "Opel"))).isFalse();
        assertThat(isSame("text", "code 2201", "code 2204")).isFalse();
    }

    @Test
    void what_the_page_leaves_out_may_be_anything() {
        assertThat(isSame("text", "{\"id\":\"…\",\"what\":\"x\"}", "{\"id\":\"abc\",\"what\":\"x\"}"))
                .isTrue();
        assertThat(isSame("text", "first\n…\nlast", "first\nsecond\nthird\nlast"))
                .isTrue();
        assertThat(isSame("text", "first …", "first\nsecond")).isFalse();
    }

    @Test
    void JSON_may_be_laid_out_otherwise() {
        assertThat(isSame("json", "{\n  \"a\": [1, 2]\n}\n", "{\"a\":[1,2]}")).isTrue();
        assertThat(isSame("json", "{\"a\":1}\n{\"a\":2}", "{\"a\":1}{\"a\":3}")).isFalse();
    }

    @Test
    void of_an_answer_headers_may_be_left_out() {
        String answer =
                "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\nRateLimit: \"x\";r=0;t=29\r\n\r\n{\"a\":1}";

        assertThat(isSame("http", "HTTP/1.1 429 Too Many Requests\nRateLimit: \"x\";r=0;t=30\n\n{\"a\":1}", answer))
                .isTrue();
        assertThat(isSame("http", "HTTP/1.1 429 Too Many Requests\nRetry-After: 60\n\n{\"a\":1}", answer))
                .isFalse();
        assertThat(isSame("http", "HTTP/1.1 429 Too Many Requests\nLocation: x\n\n{\"a\":1}", answer))
                .isFalse();
        assertThat(isSame("http", "HTTP/1.1 200 OK\n\n{\"a\":1}", answer)).isFalse();
        assertThat(isSame("http", "HTTP/1.1 429 Too Many Requests\n\n{\"a\":2}", answer))
                .isFalse();
    }
}
