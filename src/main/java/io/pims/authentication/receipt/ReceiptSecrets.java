package io.pims.authentication.receipt;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.sms.Roads;
import io.pims.authentication.sms.RoutesConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The signature secrets of the accounts at Vonage, one for each road that has one. Which of them signed a receipt makes no
 * difference: it is about the transaction that it names.
 */
@Startup
@ApplicationScoped
class ReceiptSecrets {

    private static final Logger LOG = Logger.getLogger(ReceiptSecrets.class);

    private final List<ReceiptConfig> all;

    ReceiptSecrets(List<ReceiptConfig> all) {
        this.all = all.stream().filter(each -> each.secret().isPresent()).toList();
    }

    /** @throws WrongSetting if there are roads, and a secret of none of them, or of one that nobody named */
    @Inject
    ReceiptSecrets(ReceiptConfig only, RoutesConfig roads, ReceiptRoutesConfig routes) {
        this(
                roads.names().isEmpty()
                        ? List.of(only)
                        : routes.roads().values().stream()
                                .flatMap(route -> route.receipt().stream())
                                .toList());
        Roads.requireKnown(roads, routes.roads().keySet());
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

    /** Returns those that there are, with what goes with each. */
    List<ReceiptConfig> all() {
        return all;
    }
}
