package io.pims.authentication.driver;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcResponseFilter;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Objects;

/** Sees each set of keys that the issuer sends (RFC 7517), and has the tokens under the set before forgotten. */
@Singleton
@Unremovable
@OidcEndpoint(OidcEndpoint.Type.JWKS)
class IssuerKeys implements OidcResponseFilter {

    private static final int OK = 200;

    private final CheckedTokens checkedTokens;
    private String last;

    IssuerKeys(CheckedTokens checkedTokens) {
        this.checkedTokens = checkedTokens;
    }

    @Override
    public Uni<Void> filter(OidcResponseFilterContext response) {
        // Of any other answer Quarkus takes no keys.
        if (response.statusCode() == OK) {
            received(String.valueOf(response.responseBody()));
        }
        return Uni.createFrom().voidItem();
    }

    /** @param keySet as it came: another order of the same keys counts as a change */
    synchronized void received(String keySet) {
        if (!Objects.equals(keySet, last)) {
            last = keySet;
            checkedTokens.keysChanged();
        }
    }
}
