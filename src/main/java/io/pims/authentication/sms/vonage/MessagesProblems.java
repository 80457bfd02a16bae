package io.pims.authentication.sms.vonage;

import io.pims.authentication.sms.SmsOutcome;
import java.util.Optional;

/**
 * Tells the outcome from the code of a problem that came over HTTP 400 or 422. Codes after
 * <a href="https://developer.vonage.com/en/api-errors/messages">Vonage, API errors, Messages API</a>. That page is for
 * all channels, and above all for receipts; each code has a meaning here, whether or not an answer about an SMS has it
 * today.
 *
 * <p>Immediate answers number some faults in another way, after the answers 422 in Vonage's
 * <a href="https://developer.vonage.com/en/api/messages">description of the API</a>: 1110 is the channel's parameters,
 * 1120 the sender, 1150 the body (on the page: the class). They are all ours to repair. 1100 is a channel that is not
 * supported, on the page failed communication. It is taken as that and may pass: our channel is always SMS. 1130 is a
 * wrong ttl on the page. In the description the recipient stands between 1120 and 1140, under the number 110, which no
 * problem has: so 1130 may be the recipient. It is taken as that. Our ttl is always right, and one number that is
 * refused must not look as if the account were broken.
 */
final class MessagesProblems {

    private MessagesProblems() {}

    /**
     * Returns the outcome; empty for a code that the page does not have. What is about our account, sender or request
     * is sorted with the statuses of the SMS API that say the same. An internal error (1030) is a fault and not "try
     * later": the SMS may have been taken.
     *
     * <p>"Already sent" (1320) is accepted, without an id. Each try has the same {@code client_ref}, and nobody else
     * has it: what was sent is an earlier try, whose answer was lost. A refusal would tell the driver that there is no
     * SMS while it is on the way. Its receipt finds the transaction without the id.
     */
    static Optional<SmsOutcome> of(int code) {
        String number = Integer.toString(code);
        return switch (code) {
            case 1000, 1241, 1472 -> Optional.of(SmsOutcome.tryLater(number));
            case 1030, 1100, 1180, 1220, 1230, 1330, 1331 -> Optional.of(SmsOutcome.fault(number));
            case 1320 -> Optional.of(SmsOutcome.accepted(null, number));
            case 1040, 1050, 1090, 1130, 1170, 1190, 1200, 1210, 1240, 1250, 1251 ->
                Optional.of(SmsOutcome.refused(number));
            case 1260, 1270, 1280, 1282, 1290, 1300, 1310 -> Optional.of(SmsOutcome.refused(number));
            case 1360, 1430, 1461, 1470, 1473, 1483 -> Optional.of(SmsOutcome.refused(number));
            case 1010, 1020, 1021, 1022, 1060, 1070, 1080, 1110, 1120, 1140, 1150, 1160, 1340, 1350, 1370 ->
                Optional.of(SmsOutcome.misconfigured(number));
            case 1380, 1381, 1382, 1400, 1410, 1420, 1440, 1450, 1451, 1460, 1480, 1481, 1482, 1484 ->
                Optional.of(SmsOutcome.misconfigured(number));
            default -> Optional.empty();
        };
    }
}
