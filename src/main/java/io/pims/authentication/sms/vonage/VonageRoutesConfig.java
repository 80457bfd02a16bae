package io.pims.authentication.sms.vonage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** The roads that go by Vonage. */
@ConfigMapping(prefix = "pims.sms.routes")
public interface VonageRoutesConfig {

    /** The settings of each road, by its name. */
    @WithParentName
    Map<String, Route> roads();

    /** Settings of one road. */
    interface Route {

        /** The account, as {@code pims.sms.vonage} is for the only road. */
        Optional<VonageConfig> vonage();
    }
}
