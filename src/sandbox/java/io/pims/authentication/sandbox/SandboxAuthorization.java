package io.pims.authentication.sandbox;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Tells Swagger UI where the sandbox's tokens are to be had; the service's own document says only that one is needed. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = SandboxAuthorization.AFTER_THE_SERVICES_OWN)
public class SandboxAuthorization implements OASFilter {

    static final int AFTER_THE_SERVICES_OWN = 0;

    private static final String SCHEME = "sandbox";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSecurityScheme(
                        SCHEME,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.OAUTH2)
                                .description("The sandbox's issuer: any driver's name, any password.")
                                .flows(OASFactory.createOAuthFlows()
                                        .password(OASFactory.createOAuthFlow()
                                                .tokenUrl(OAuthTokenResource.PATH)
                                                .addScope("pin-verifier", "verify PINs, as a vehicle's backend does")
                                                .addScope("auditor", "read what happened")
                                                .addScope("support", "help a driver")
                                                .addScope("privacy", "read and erase what is kept about a driver"))));
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                // The others take no token.
                .filter(operation -> operation.getSecurity() != null
                        && !operation.getSecurity().isEmpty())
                .forEach(operation -> operation.addSecurityRequirement(
                        OASFactory.createSecurityRequirement().addScheme(SCHEME)));
    }
}
