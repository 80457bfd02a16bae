package io.pims.authentication.smscode;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.database.Patience;
import io.pims.authentication.http.HttpConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Stops the start if an answer could be cut off while its request may still wait, over HTTP/2 or over HTTP/1.1. */
@Startup
@ApplicationScoped
class AnswerTimeoutCheck {

    AnswerTimeoutCheck(
            HttpConfig http,
            @ConfigProperty(name = "quarkus.http.idle-timeout") Duration idleTimeout,
            Patience patience,
            SmsCodeConfig config) {
        Duration longest = patience.whole().plus(config.longestWait());
        requireAtLeast(longest, "pims.message.answer-timeout", http.answerTimeout());
        requireAtLeast(longest, "quarkus.http.idle-timeout", idleTimeout);
    }

    private static void requireAtLeast(Duration longest, String setting, Duration value) {
        if (value.compareTo(longest) < 0) {
            throw new WrongSetting(
                    setting,
                    "must be %d seconds at least: pims.database.patience and pims.smscode.longest-wait, one after the other"
                            .formatted(longest.toSeconds()));
        }
    }
}
