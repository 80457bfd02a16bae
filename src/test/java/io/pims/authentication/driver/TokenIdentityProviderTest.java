package io.pims.authentication.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pims.authentication.http.RehearsalToken;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The token that a replica rehearses with; for those of an issuer there is {@link AccessTokensTest}. */
class TokenIdentityProviderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RehearsalToken token = new RehearsalToken();

    @Test
    void while_it_is_valid_it_is_of_a_driver_who_is_nobody() {
        SecurityIdentity first = authenticate(token.issue());
        SecurityIdentity second = authenticate(token.issue());

        assertThat(first.getRoles()).isEmpty();
        assertThat(first.getPrincipal()).isNotEqualTo(second.getPrincipal());
        assertThat(first.getPrincipal().getName()).startsWith("rehearsal-");
    }

    @Test
    void once_it_has_expired_it_is_refused_and_nobody_is_asked() {
        String text = token.issue();
        token.expire();

        assertThatThrownBy(() -> authenticate(text)).isInstanceOf(AuthenticationFailedException.class);
    }

    private SecurityIdentity authenticate(String text) {
        return new TokenIdentityProvider(null, null, null, token)
                .authenticate(new TokenAuthenticationRequest(new TokenCredential(text, "bearer")), null)
                .await()
                .atMost(PATIENCE);
    }
}
