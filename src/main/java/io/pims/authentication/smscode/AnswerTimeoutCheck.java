package io.pims.authentication.smscode;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.database.Patience;
import io.pims.authentication.http.HttpConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Stops the start if an answer could be cut off while its request may still wait. */
@Startup
@ApplicationScoped
class AnswerTimeoutCheck {

    AnswerTimeoutCheck(HttpConfig http, Patience patience, SmsCodeConfig config) {
        Duration longest = patience.whole().plus(config.longestWait());
        if (http.answerTimeout().compareTo(longest) < 0) {
            throw new WrongSetting(
                    "pims.message.answer-timeout",
                    "must be %d seconds at least: pims.database.patience and pims.smscode.longest-wait, one after the other"
                            .formatted(longest.toSeconds()));
        }
    }
}
