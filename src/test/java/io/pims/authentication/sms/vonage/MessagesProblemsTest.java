package io.pims.authentication.sms.vonage;

import static io.pims.authentication.sms.SmsOutcome.Kind.ACCEPTED;
import static io.pims.authentication.sms.SmsOutcome.Kind.FAULT;
import static io.pims.authentication.sms.SmsOutcome.Kind.MISCONFIGURED;
import static io.pims.authentication.sms.SmsOutcome.Kind.REFUSED;
import static io.pims.authentication.sms.SmsOutcome.Kind.TRY_LATER;
import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.sms.SmsOutcome;
import io.pims.authentication.sms.SmsOutcome.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessagesProblemsTest {

    /** Every code of Vonage's page, and 1110, which it had once; in its order. */
    private static final Map<Integer, Kind> DOCUMENTED = documented("""
            1000 TRY_LATER      throttled
            1010 MISCONFIGURED  missing parameters
            1020 MISCONFIGURED  invalid parameters
            1021 MISCONFIGURED  invalid tag
            1022 MISCONFIGURED  invalid template
            1030 FAULT          internal error
            1040 REFUSED        invalid message, as to an unknown prefix
            1050 REFUSED        number barred
            1060 MISCONFIGURED  account barred
            1070 MISCONFIGURED  no balance
            1080 MISCONFIGURED  account not enabled
            1090 REFUSED        message too long
            1100 FAULT          communication failed; elsewhere: channel, and ours is right
            1110 MISCONFIGURED  parameters of the channel; once a signature
            1120 MISCONFIGURED  sender not allowed
            1130 REFUSED        recipient; on the page: ttl, and ours is right
            1140 MISCONFIGURED  facility not allowed
            1150 MISCONFIGURED  body; on the page: message class
            1160 MISCONFIGURED  destination not on the account's list
            1170 REFUSED        invalid number
            1180 FAULT          absent for the moment
            1190 REFUSED        absent for good
            1200 REFUSED        portability
            1210 REFUSED        spam, the carrier says
            1220 FAULT          handset busy
            1230 FAULT          network
            1240 REFUSED        the receiver wants none
            1241 TRY_LATER      too many requests to numbers
            1250 REFUSED        unroutable
            1251 REFUSED        no route to the destination
            1260 REFUSED        destination unreachable
            1270 REFUSED        age
            1280 REFUSED        blocked by the carrier
            1282 REFUSED        blocked by the provider
            1290 REFUSED        the receiver's account is empty
            1300 REFUSED        not of the network
            1310 REFUSED        not a suitable device
            1320 ACCEPTED       sent already, by an earlier try
            1330 FAULT          unknown
            1331 FAULT          provider does not respond
            1340 MISCONFIGURED  outside of the window
            1350 MISCONFIGURED  fee not paid
            1360 REFUSED        out of time
            1370 MISCONFIGURED  access token expired
            1380 MISCONFIGURED  invalid resource
            1381 MISCONFIGURED  resource too large
            1382 MISCONFIGURED  type of resource
            1400 MISCONFIGURED  channel
            1410 MISCONFIGURED  parameters of the channel
            1420 MISCONFIGURED  sender
            1430 REFUSED        recipient
            1440 MISCONFIGURED  type of message
            1450 MISCONFIGURED  client reference
            1451 MISCONFIGURED  context
            1460 MISCONFIGURED  day's limit of the account
            1461 REFUSED        receiver has had too many
            1470 REFUSED        prefix blocked by the account's rules
            1472 TRY_LATER      burst
            1473 REFUSED        pumping suspected
            1480 MISCONFIGURED  entity id
            1481 MISCONFIGURED  header id
            1482 MISCONFIGURED  content id
            1483 REFUSED        consent
            1484 MISCONFIGURED  regulation
            """);

    private static Map<Integer, Kind> documented(String table) {
        Map<Integer, Kind> codes = new TreeMap<>();
        table.lines()
                .map(line -> line.split(" +", 3))
                .forEach(row -> codes.put(Integer.valueOf(row[0]), Kind.valueOf(row[1])));
        return codes;
    }

    @Test
    void every_documented_code_has_its_meaning_and_no_other_code_has_one() {
        Map<Integer, Kind> known = new TreeMap<>();
        IntStream.rangeClosed(0, 9999)
                .forEach(code -> MessagesProblems.of(code).ifPresent(outcome -> known.put(code, outcome.kind())));

        assertThat(known).isEqualTo(DOCUMENTED);
        assertThat(known.values()).containsOnly(ACCEPTED, TRY_LATER, FAULT, REFUSED, MISCONFIGURED);
    }

    @Test
    void the_outcome_tells_the_code() {
        assertThat(MessagesProblems.of(1050)).isEqualTo(Optional.of(SmsOutcome.refused("1050")));
        assertThat(MessagesProblems.of(1320)).isEqualTo(Optional.of(SmsOutcome.accepted(null, "1320")));
    }
}
