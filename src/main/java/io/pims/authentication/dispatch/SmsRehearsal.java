package io.pims.authentication.dispatch;

import io.pims.authentication.http.RequestIds;
import io.pims.authentication.readiness.Rehearsal;
import io.pims.authentication.sms.Roads;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.SmsOrder;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import io.pims.authentication.trustedphonenumber.PhoneNumbers;
import io.quarkus.arc.Unremovable;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Composes an SMS that nobody sends: a notice, so that no code is derived. */
@Singleton
@Unremovable
class SmsRehearsal implements Rehearsal {

    private static final int AT_ONCE = 10;
    private static final String USER = "rehearsal";

    private final SmsComposer composer;
    private final Roads roads;
    private final NumberVault vault;
    private final PhoneNumbers phoneNumbers;
    private final RequestIds requestIds;

    SmsRehearsal(
            SmsComposer composer, Roads roads, NumberVault vault, PhoneNumbers phoneNumbers, RequestIds requestIds) {
        this.composer = composer;
        this.roads = roads;
        this.vault = vault;
        this.phoneNumbers = phoneNumbers;
        this.requestIds = requestIds;
    }

    @Override
    public Uni<Void> once() {
        for (int each = 0; each < AT_ONCE; each++) {
            composer.compose(notice(), roads.inOrder().get(0), Optional.empty());
        }
        return Uni.createFrom().voidItem();
    }

    private Claim notice() {
        SmsOrder order = new SmsOrder(
                USER,
                "pinReset",
                vault.seal(new PhoneNumber(phoneNumbers.example()), USER),
                Optional.empty(),
                "en",
                "",
                Optional.empty());
        return new Claim(requestIds.generate(), 1, 1, Duration.ofMinutes(1), Optional.empty(), order);
    }
}
