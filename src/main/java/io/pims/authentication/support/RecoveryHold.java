package io.pims.authentication.support;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.transaction.Notices;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Holds resets by a number that is certified while a recovery can still be undone. */
@ApplicationScoped
public class RecoveryHold {

    private final Recoveries recoveries;
    private final TrustedPhoneNumbers numbers;
    private final Notices notices;

    RecoveryHold(Recoveries recoveries, TrustedPhoneNumbers numbers, Notices notices) {
        this.recoveries = recoveries;
        this.numbers = numbers;
        this.notices = notices;
    }

    /**
     * Holds the number that the caller has just put on file until the end of the hold, and tells the number that was lost.
     * Does nothing without a recovery. Within the SQL transaction of the change, after it has spent its code: a recovery at
     * the same moment ends that code first, so it is either seen here or refuses the change.
     */
    public Uni<Void> certified(Caller caller) {
        return recoveries
                .running(caller.user())
                .flatMap(running -> running.filter(recovery -> recovery.state == RecoveryState.DONE)
                        .map(recovery -> hold(caller, recovery))
                        .orElse(Uni.createFrom().voidItem()));
    }

    private Uni<Void> hold(Caller caller, Recovery recovery) {
        return numbers.hold(caller.user(), recovery.endsAt)
                .chain(() -> recovery.retiredNumber()
                        .map(old -> notices.record(recovery.about(caller), "phoneNumberChanged", old.number()))
                        .orElse(Uni.createFrom().voidItem()));
    }
}
