package io.pims.authentication.receipt;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.Roads;
import io.pims.authentication.sms.RoutesConfig;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The signature secrets of the accounts at Vonage: one for each road that has one, or two while it changes. Whichever
 * of them signed a receipt, it is about the transaction that it names; for metrics the signer tells the road.
 */
@Startup
@ApplicationScoped
class ReceiptSecrets {

    private static final Logger LOG = Logger.getLogger(ReceiptSecrets.class);

    /** The default of {@link ReceiptConfig#window()}. */
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final List<ReceiptSecret> all;

    /** True if the roads are named. */
    private final boolean several;

    /**
     * @throws WrongSetting if there are roads, and signing is set of none of them, of one that nobody named or that has
     *     no receipts, or without a secret; or a former secret without a present one
     */
    @Inject
    ReceiptSecrets(ReceiptConfig only, RoutesConfig roads, ReceiptRoutesConfig routes) {
        Roads.requireKnown(roads, routes.roads().keySet());
        if (roads.names().isPresent()) {
            requireNone("secret", only.secret().isPresent());
            requireNone("former-secret", only.formerSecret().isPresent());
            // A default is no different from not set, and nothing is lost with it.
            requireNone("method", only.method() != SignatureMethod.HMAC_SHA256);
            requireNone("window", !only.window().equals(WINDOW));
        }
        all = roads.names().isEmpty()
                ? secrets("pims.receipt", Roads.ONLY, only)
                : roads.names().orElseThrow().stream()
                        .flatMap(name -> Optional.ofNullable(routes.roads().get(name))
                                .flatMap(ReceiptRoutesConfig.Route::receipt)
                                .map(config -> ofRoad(roads, name, config))
                                .orElse(List.of())
                                .stream())
                        .toList();
        several = roads.names().isPresent();
    }

    /** Behind all beans that may refuse to start: what they say is the only line then. */
    void started(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent event) {
        if (all.isEmpty()) {
            LOG.info(
                    several
                            ? "Delivery receipts are refused: pims.sms.routes.<name>.receipt.secret is not set"
                            : "Delivery receipts are refused: pims.receipt.secret is not set");
        }
    }

    private static void requireNone(String setting, boolean set) {
        Roads.requireNone("pims.receipt." + setting, "receipt." + setting, set);
    }

    private static List<ReceiptSecret> ofRoad(RoutesConfig roads, String name, ReceiptConfig config) {
        Roads.requireProvider(roads, name, "receipt", "vonage");
        String setting = "pims.sms.routes." + name + ".receipt";
        List<ReceiptSecret> secrets = secrets(setting, name, config);
        if (secrets.isEmpty()) {
            throw new WrongSetting(setting + ".secret", "is missing");
        }
        return secrets;
    }

    private static List<ReceiptSecret> secrets(String setting, String road, ReceiptConfig config) {
        if (config.secret().isEmpty() && config.formerSecret().isPresent()) {
            throw new WrongSetting(setting + ".secret", "is missing, but former-secret is set");
        }
        return Stream.concat(config.secret().stream(), config.formerSecret().stream())
                .map(secret -> new ReceiptSecret(road, secret, config.method(), config.window()))
                .toList();
    }

    /** Returns those that there are, in the order of the roads, with what goes with each. */
    List<ReceiptSecret> all() {
        return all;
    }

    /** Returns the names of the roads that have receipts: at most as many as there are roads. */
    List<String> roads() {
        return all.stream().map(ReceiptSecret::road).distinct().toList();
    }
}
