package io.pims.authentication.support;

import io.pims.authentication.pincode.PinRecords;
import io.pims.authentication.ratelimit.DriverLimits;
import io.pims.authentication.securityevent.SecurityEvents;
import io.pims.authentication.support.DriverView.SentSms;
import io.pims.authentication.support.SupportDesk.Deed;
import io.pims.authentication.transaction.Transactions;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Reads how things stand for a driver. */
@ApplicationScoped
class DriverViews {

    private static final int LATEST = 20;

    private final SupportDesk desk;
    private final TrustedPhoneNumbers numbers;
    private final PinRecords pins;
    private final Recoveries recoveries;
    private final DriverLimits limits;
    private final Transactions transactions;
    private final SecurityEvents events;

    DriverViews(
            SupportDesk desk,
            TrustedPhoneNumbers numbers,
            PinRecords pins,
            Recoveries recoveries,
            DriverLimits limits,
            Transactions transactions,
            SecurityEvents events) {
        this.desk = desk;
        this.numbers = numbers;
        this.pins = pins;
        this.recoveries = recoveries;
        this.limits = limits;
        this.transactions = transactions;
        this.events = events;
    }

    /** Returns the view; one of somebody who is not known here has nothing in it. */
    Uni<DriverView> of(SupportCall call) {
        return desk.run(
                        call,
                        SupportEvent.READ,
                        () -> onFile(call.user()).map(view -> new Deed<>(SupportEvent.READ, view)))
                .flatMap(view -> transactions
                        .latest(call.user(), LATEST)
                        .map(latest -> withTransactions(
                                view, latest.stream().map(SentSms::of).toList())));
    }

    private Uni<DriverView> onFile(String user) {
        return numbers.summary(user)
                .flatMap(number -> pins.state(user)
                        .flatMap(pin -> recoveries
                                .running(user)
                                .flatMap(recovery -> numbers.sealed(user)
                                        .flatMap(stored -> limits.of(user, stored.map(SealedNumber::hash)))
                                        .flatMap(used -> events.page(user, Optional.empty(), LATEST)
                                                .map(latest -> new DriverView(
                                                        number.orElse(null),
                                                        pin,
                                                        recovery.map(Recovery::summary)
                                                                .orElse(null),
                                                        used,
                                                        List.of(),
                                                        latest))))));
    }

    private static DriverView withTransactions(DriverView view, List<SentSms> latest) {
        return new DriverView(
                view.phoneNumber(), view.pinCode(), view.recovery(), view.limits(), latest, view.events());
    }
}
