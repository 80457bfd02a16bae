package io.pims.authentication.architecture.wrong.smscode;

import com.vonage.client.sms.MessageStatus;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

class CodeHelper {
    @Inject
    JsonWebToken token;

    @ConfigProperty(name = "key")
    String key;

    MessageStatus status;

    void tell() {
        Logger.getLogger("code").info("told");
        System.out.println("told");
    }
}
