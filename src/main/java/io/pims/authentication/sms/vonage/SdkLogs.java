package io.pims.authentication.sms.vonage;

import java.util.List;
import java.util.logging.Logger;

/**
 * Shuts the loggers through which the SDK and its HTTP client print requests and answers, that is number, text and
 * secret. Done by filters in code, because a level is what somebody raises when looking for a fault: filters hold
 * whatever levels are configured.
 */
final class SdkLogs {

    /** Kept here, because the JDK forgets a logger, and its filter, that nobody refers to. */
    private static final List<Logger> LOGGERS = List.of(
            Logger.getLogger("com.vonage.client.AbstractMethod"),
            Logger.getLogger("com.vonage.client.auth.RequestSigning"),
            Logger.getLogger("com.vonage.client.messages.MessagesClient$1Endpoint"),
            Logger.getLogger("com.vonage.client.sms.SmsClient$1Endpoint"),
            Logger.getLogger("org.apache.http.headers"),
            Logger.getLogger("org.apache.http.impl.conn.DefaultHttpResponseParser"),
            Logger.getLogger("org.apache.http.wire"));

    private SdkLogs() {}

    static void shut() {
        LOGGERS.forEach(logger -> logger.setFilter(record -> false));
    }
}
