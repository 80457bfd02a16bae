package io.pims.authentication.sms.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** The roads that go by a gateway. */
@ConfigMapping(prefix = "pims.sms.routes")
public interface WebhookRoutesConfig {

    /** The settings of each road, by its name. */
    @WithParentName
    Map<String, Route> roads();

    /** Settings of one road. */
    interface Route {

        /** The gateway of this road. */
        Optional<WebhookConfig> webhook();
    }
}
