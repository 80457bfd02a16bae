package io.pims.authentication.receipt;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.Roads;
import io.pims.authentication.sms.RoutesConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The signature secrets of the accounts at Vonage: one for each road that has one, or two while it changes. Which of
 * them signed a receipt makes no difference: it is about the transaction that it names.
 */
@Startup
@ApplicationScoped
class ReceiptSecrets {

    private static final Logger LOG = Logger.getLogger(ReceiptSecrets.class);

    private final List<ReceiptSecret> all;

    /**
     * @throws WrongSetting if there are roads, and a secret of none of them, or of one that nobody named; or a former
     *     secret without a present one
     */
    @Inject
    ReceiptSecrets(ReceiptConfig only, RoutesConfig roads, ReceiptRoutesConfig routes) {
        Roads.requireKnown(roads, routes.roads().keySet());
        all = roads.names().isEmpty()
                ? secrets("pims.receipt", only)
                : routes.roads().entrySet().stream()
                        .flatMap(road -> road.getValue().receipt().stream()
                                .flatMap(config ->
                                        secrets("pims.sms.routes." + road.getKey() + ".receipt", config).stream()))
                        .toList();
        if (roads.names().isPresent() && only.secret().isPresent()) {
            throw new WrongSetting(
                    "pims.receipt.secret",
                    "does not count beside pims.sms.routes: set pims.sms.routes.<name>.receipt.secret");
        }
        if (all.isEmpty()) {
            LOG.info(
                    roads.names().isEmpty()
                            ? "Delivery receipts are refused: pims.receipt.secret is not set"
                            : "Delivery receipts are refused: pims.sms.routes.<name>.receipt.secret is not set");
        }
    }

    private static List<ReceiptSecret> secrets(String setting, ReceiptConfig config) {
        if (config.secret().isEmpty() && config.formerSecret().isPresent()) {
            throw new WrongSetting(setting + ".secret", "is missing, but former-secret is set");
        }
        return Stream.concat(config.secret().stream(), config.formerSecret().stream())
                .map(secret -> new ReceiptSecret(secret, config.method(), config.window()))
                .toList();
    }

    /** Returns those that there are, with what goes with each. */
    List<ReceiptSecret> all() {
        return all;
    }
}
