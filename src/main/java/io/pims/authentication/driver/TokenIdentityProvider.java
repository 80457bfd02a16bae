package io.pims.authentication.driver;

import io.pims.authentication.http.RehearsalToken;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcIdentityProvider;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Stands in front of Quarkus' check of tokens, and asks it about those that were not found valid just now. The identity
 * is a {@link Driver} with his roles, and the same in both cases: it holds neither the token nor the request.
 */
@ApplicationScoped
class TokenIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {

    private final OidcIdentityProvider check;
    private final TokenClaims claims;
    private final CheckedTokens checkedTokens;
    private final RehearsalToken rehearsalToken;

    TokenIdentityProvider(
            OidcIdentityProvider check,
            TokenClaims claims,
            CheckedTokens checkedTokens,
            RehearsalToken rehearsalToken) {
        this.check = check;
        this.claims = claims;
        this.checkedTokens = checkedTokens;
        this.rehearsalToken = rehearsalToken;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /** The highest is asked first. */
    @Override
    public int priority() {
        return IdentityProvider.super.priority() + 1;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        String token = request.getToken().getToken();
        if (rehearsalToken.is(token)) {
            return rehearsalToken.isValid()
                    ? Uni.createFrom().item(identity(nobody()))
                    : Uni.createFrom().failure(new AuthenticationFailedException());
        }
        Uni<CheckedToken> checked =
                isForUs(request) ? checkedTokens.of(token, () -> check(request, context)) : check(request, context);
        return checked.map(TokenIdentityProvider::identity);
    }

    private Uni<CheckedToken> check(TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return check.authenticate(request, context).map(identity -> {
            OidcJwtCallerPrincipal principal = (OidcJwtCallerPrincipal) identity.getPrincipal();
            // JsonWebToken.getClaim throws, and catches, an exception for each claim that no standard names.
            return claims.read(principal.getClaims(), identity.getRoles());
        });
    }

    /** A driver who is in no table, with no role. */
    private static CheckedToken nobody() {
        Driver driver = new Driver("rehearsal-" + UUID.randomUUID(), Optional.empty(), Optional.empty());
        return new CheckedToken(driver, Set.of(), Instant.MAX);
    }

    /** Another issuer (tenant), if somebody sets one, has other keys: its tokens are checked each time. */
    private static boolean isForUs(TokenAuthenticationRequest request) {
        RoutingContext context = HttpSecurityUtils.getRoutingContextAttribute(request);
        OidcTenantConfig issuer = context == null ? null : context.get(OidcTenantConfig.class.getName());
        return issuer != null
                && issuer.tenantId().orElse(OidcUtils.DEFAULT_TENANT_ID).equals(OidcUtils.DEFAULT_TENANT_ID);
    }

    private static SecurityIdentity identity(CheckedToken token) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(token.driver())
                .addRoles(token.roles())
                .build();
    }
}
