package io.pims.authentication.support;

import io.pims.authentication.pincode.PinRecords;
import io.pims.authentication.ratelimit.AttemptLimits;
import io.pims.authentication.ratelimit.DriverLimits;
import io.pims.authentication.support.SupportDesk.Deed;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Frees a driver who has used up the limits or blocked the PIN, once a day. It lets one more code be asked for than the day
 * has, and five more tries be made at the PIN. The guesses of a code that lives are not refilled. Locks as an
 * erasure does: first what requests for codes lock, then the rows of limits.
 */
@ApplicationScoped
class DriverUnblock {

    private final SupportDesk desk;
    private final AttemptLimits limits;
    private final DriverLimits driverLimits;
    private final TrustedPhoneNumbers numbers;
    private final PinRecords pins;

    DriverUnblock(
            SupportDesk desk,
            AttemptLimits limits,
            DriverLimits driverLimits,
            TrustedPhoneNumbers numbers,
            PinRecords pins) {
        this.desk = desk;
        this.limits = limits;
        this.driverLimits = driverLimits;
        this.numbers = numbers;
        this.pins = pins;
    }

    /** @return fails with 429 and 2201 if the driver was unblocked less than a day ago */
    Uni<Void> unblock(SupportCall call) {
        return desk.run(
                call,
                SupportEvent.UNBLOCK,
                () -> numbers.sealed(call.user())
                        .map(number -> number.map(SealedNumber::hash))
                        .flatMap(number -> driverLimits
                                .lock(call.user(), number)
                                .chain(() -> limits.countUnblock(call.user()))
                                .chain(() -> driverLimits.relieve(call.user(), number)))
                        .chain(() -> pins.unblock(call.user()))
                        .replaceWith(new Deed<Void>(SupportEvent.UNBLOCK, null)));
    }
}
