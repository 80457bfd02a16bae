package io.pims.authentication.receipt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** The signing of receipts of each road's account. */
@ConfigMapping(prefix = "pims.sms.routes")
public interface ReceiptRoutesConfig {

    /** The settings of each road, by its name. */
    @WithParentName
    Map<String, Route> roads();

    /** Settings of one road. */
    interface Route {

        /** As {@code pims.receipt} is for the only road. */
        Optional<ReceiptConfig> receipt();
    }
}
