package io.pims.authentication.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.documentation.Page;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Arrays;
import java.util.List;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.InvalidAlgorithmException;
import org.jose4j.lang.UnresolvableKeyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenFaultTest {

    private static final String TOKEN = "a-token-that-nobody-may-read";

    @ParameterizedTest
    @EnumSource(TokenFault.class)
    void each_fault_is_on_the_page_about_the_log_as_the_log_says_it(TokenFault fault) throws IOException {
        assertThat(Page.RUN.text()).contains("`" + fault.text() + "`");
    }

    @Test
    void a_refusal_without_a_cause_had_no_JWT() {
        assertThat(TokenFault.reason(new AuthenticationFailedException(TOKEN))).isEqualTo("no JWT");
    }

    @Test
    void all_that_is_wrong_is_told_and_nothing_of_the_token() {
        assertThat(reason(null, ErrorCodes.EXPIRED, ErrorCodes.AUDIENCE_INVALID, ErrorCodes.EXPIRED))
                .isEqualTo("expired, another audience");
    }

    @Test
    void what_has_no_number_is_told_by_its_cause() {
        assertThat(reason(new UnresolvableKeyException(TOKEN), ErrorCodes.MISCELLANEOUS))
                .isEqualTo("signed by an unknown key");
        assertThat(reason(new InvalidAlgorithmException(TOKEN), ErrorCodes.MISCELLANEOUS))
                .isEqualTo("algorithm not allowed");
        assertThat(reason(null, ErrorCodes.MISCELLANEOUS)).isEqualTo("no JWT");
    }

    @Test
    void an_issuer_that_can_not_be_asked_for_its_keys_is_told_and_so_is_what_nobody_foresaw() {
        assertThat(TokenFault.of(new AuthenticationFailedException(new OIDCException(TOKEN))))
                .containsExactly(TokenFault.KEYS_AWAY);
        assertThat(TokenFault.of(new AuthenticationFailedException(new ConnectException(TOKEN))))
                .containsExactly(TokenFault.KEYS_AWAY);
        assertThat(TokenFault.of(new AuthenticationFailedException(new NullPointerException(TOKEN))))
                .containsExactly(TokenFault.OTHER);
    }

    @Test
    void causes_without_end_are_looked_at_to_some_depth() {
        Exception one = new Exception(TOKEN);
        Exception other = new Exception(TOKEN, one);
        one.initCause(other);

        assertThat(TokenFault.reason(one)).isEqualTo("another fault");
    }

    private static String reason(Throwable cause, int... codes) {
        List<ErrorCodeValidator.Error> errors = Arrays.stream(codes)
                .mapToObj(code -> new ErrorCodeValidator.Error(code, TOKEN))
                .toList();
        InvalidJwtException invalid = new InvalidJwtException(TOKEN, errors, null);
        if (cause != null) {
            invalid.initCause(cause);
        }
        return TokenFault.reason(new AuthenticationFailedException(invalid));
    }
}
