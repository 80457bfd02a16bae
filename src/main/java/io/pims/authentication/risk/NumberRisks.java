package io.pims.authentication.risk;

import io.pims.authentication.configuration.EncryptedAddress;
import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.vonage.VonageApplication;
import io.quarkus.oidc.client.OidcClients;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Makes the one who is asked, by the settings. */
@ApplicationScoped
class NumberRisks {

    private static final String SIM_SWAP = "pims.risk.sim-swap";

    private final RiskConfig.Question config;
    private final Vertx vertx;
    private final Instance<OidcClients> oidcClients;

    NumberRisks(RiskConfig config, Vertx vertx, Instance<OidcClients> oidcClients) {
        this.config = config.simSwap();
        this.vertx = vertx;
        this.oidcClients = oidcClients;
    }

    /**
     * Returns who is asked; empty if nobody is.
     *
     * @throws WrongSetting if what is needed is missing or wrong
     */
    Optional<NumberRisk> make() {
        if (config.mode() == RiskMode.OFF) {
            return Optional.empty();
        }
        if (!config.maxAge().equals(Duration.ofHours(config.maxAge().toHours()))) {
            throw new WrongSetting(SIM_SWAP + ".max-age", "is not in whole hours");
        }
        RiskProvider provider = config.provider()
                .orElseThrow(() -> new WrongSetting(SIM_SWAP + ".provider", "is missing: camara or vonage"));
        NumberRisk risk = provider == RiskProvider.CAMARA ? camara(config.camara()) : vonage(config.vonage());
        return Optional.of(new GuardedRisk(risk, config));
    }

    private NumberRisk camara(RiskConfig.Camara camara) {
        String setting = SIM_SWAP + ".camara";
        URI check = encrypted(setting + ".url", required(setting + ".url", camara.url()));
        URI token = encrypted(setting + ".token-url", required(setting + ".token-url", camara.tokenUrl()));
        String id = required(setting + ".client-id", camara.clientId());
        String secret = required(setting + ".client-secret", camara.clientSecret());
        OidcAccessTokens tokens = OidcAccessTokens.of(token, id, secret, camara, config.timeout(), oidcClients.get());
        return new CamaraSimSwap(post(check), tokens, config.maxAge(), tokens::close);
    }

    private NumberRisk vonage(RiskConfig.Vonage vonage) {
        String setting = SIM_SWAP + ".vonage";
        VonageApplication application = VonageApplication.of(
                setting,
                required(setting + ".application-id", vonage.applicationId()),
                required(setting + ".private-key", vonage.privateKey()));
        URI base = encrypted(setting + ".base-uri", vonage.baseUri());
        URI requests = URI.create(base.toString().replaceAll("/+$", "") + VonageIdentityInsights.PATH);
        return new VonageIdentityInsights(post(requests), application::token, vonage.purpose(), config.maxAge());
    }

    private JsonPost post(URI url) {
        return new JsonPost(url, config.clients(), config.timeout(), vertx);
    }

    private static <T> T required(String setting, Optional<T> value) {
        return value.orElseThrow(() -> new WrongSetting(setting, "is missing"));
    }

    private static URI encrypted(String setting, URI address) {
        EncryptedAddress.require(setting, address.toString());
        return address;
    }
}
