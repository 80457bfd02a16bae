package io.pims.authentication.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class RehearsalTokenTest {

    private final RehearsalToken token = new RehearsalToken();

    @Test
    void it_is_valid_from_its_issue_until_it_expires_and_never_again() {
        assertThat(token.isValid()).isFalse();
        token.issue();
        assertThat(token.isValid()).isTrue();

        token.expire();
        token.issue();

        assertThat(token.isValid()).isFalse();
    }

    @Test
    void what_expired_before_it_was_issued_is_never_valid() {
        token.expire();
        token.issue();

        assertThat(token.isValid()).isFalse();
    }

    @Test
    void no_other_text_is_the_token() {
        String text = token.issue();

        assertThat(token.is(text)).isTrue();
        assertThat(token.is(null)).isFalse();
        assertThat(token.is("")).isFalse();
        assertThat(token.is(text.substring(1))).isFalse();
        assertThat(token.is(text + "A")).isFalse();
        assertThat(token.is(text.toLowerCase(Locale.ROOT))).isFalse();
        assertThat(token.is(new RehearsalToken().issue())).isFalse();
    }

    @Test
    void two_replicas_have_two_tokens_of_256_bits() {
        assertThat(token.issue()).hasSize(43).isNotEqualTo(new RehearsalToken().issue());
    }
}
