package io.pims.authentication.driver;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcIdentityProvider;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Stands in front of Quarkus' check of tokens, and asks it about those that were not found valid just now. The identity
 * is a {@link Driver} with his roles, and the same in both cases: it holds neither the token nor the request.
 */
@ApplicationScoped
class TokenIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {

    private final OidcIdentityProvider check;
    private final TokenClaims claims;
    private final CheckedTokens checkedTokens;

    TokenIdentityProvider(OidcIdentityProvider check, TokenClaims claims, CheckedTokens checkedTokens) {
        this.check = check;
        this.claims = claims;
        this.checkedTokens = checkedTokens;
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
        Uni<CheckedToken> checked = isForUs(request)
                ? checkedTokens.of(request.getToken().getToken(), () -> check(request, context))
                : check(request, context);
        return checked.map(TokenIdentityProvider::identity);
    }

    private Uni<CheckedToken> check(TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return check.authenticate(request, context).map(identity -> {
            OidcJwtCallerPrincipal principal = (OidcJwtCallerPrincipal) identity.getPrincipal();
            // JsonWebToken.getClaim throws, and catches, an exception for each claim that no standard names.
            return claims.read(principal.getClaims(), identity.getRoles());
        });
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
