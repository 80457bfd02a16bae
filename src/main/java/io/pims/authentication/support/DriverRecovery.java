package io.pims.authentication.support;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.code.SmsCodes;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.pincode.PinRecords;
import io.pims.authentication.pincode.RetiredPin;
import io.pims.authentication.ratelimit.AttemptLimits;
import io.pims.authentication.ratelimit.DriverLimits;
import io.pims.authentication.support.Recoveries.Found;
import io.pims.authentication.support.SupportDesk.Deed;
import io.pims.authentication.transaction.Notices;
import io.pims.authentication.transaction.RecordedTransaction;
import io.pims.authentication.transaction.Transactions;
import io.pims.authentication.trustedphonenumber.RetiredNumber;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes the number and the PIN of a driver who lost the phone off file, and puts them back. Locks in the order of all who
 * change a driver: the requests for codes, the recovery, the codes, the number, the PIN. So a reset or a certification at
 * the same moment comes wholly before, and what it did goes off file; or it finds its code ended.
 */
@ApplicationScoped
class DriverRecovery {

    private static final Duration TIME_TO_CONFIRM = Duration.ofHours(24);

    private final SupportConfig config;
    private final SupportDesk desk;
    private final AttemptLimits limits;
    private final DriverLimits driverLimits;
    private final Recoveries recoveries;
    private final SmsCodes codes;
    private final TrustedPhoneNumbers numbers;
    private final PinRecords pins;
    private final Transactions transactions;
    private final Notices notices;

    DriverRecovery(
            SupportConfig config,
            SupportDesk desk,
            AttemptLimits limits,
            DriverLimits driverLimits,
            Recoveries recoveries,
            SmsCodes codes,
            TrustedPhoneNumbers numbers,
            PinRecords pins,
            Transactions transactions,
            Notices notices) {
        this.config = config;
        this.desk = desk;
        this.limits = limits;
        this.driverLimits = driverLimits;
        this.recoveries = recoveries;
        this.codes = codes;
        this.numbers = numbers;
        this.pins = pins;
        this.transactions = transactions;
        this.notices = notices;
    }

    /**
     * Asks for a recovery, or confirms the one that somebody else has asked for. Asked again, it changes nothing.
     *
     * @return fails with 2307 if the driver has neither a number nor a PIN, with 429 over a limit
     */
    Uni<RecoverySummary> recover(SupportCall call) {
        return desk.run(
                call,
                SupportEvent.RECOVERY,
                () -> language(call),
                about -> limits.countRecovery(call.by())
                        .chain(() -> driverLimits.lock(call.user()))
                        .chain(() -> recoveries.lock(call.user()))
                        .flatMap(found -> take(call, about, found)));
    }

    private Uni<Deed<RecoverySummary>> take(SupportCall call, Caller about, Found found) {
        Optional<RecoveryStep.Running> running = found.running().map(Recovery::running);
        return switch (RecoveryStep.of(running, call.by(), config.approvals())) {
            case NONE ->
                Uni.createFrom()
                        .item(new Deed<>(
                                SupportEvent.RECOVERY_REQUEST,
                                found.row().orElseThrow().summary()));
            case REQUEST ->
                requireSomething(call.user()).chain(() -> write(requested(call, found), SupportEvent.RECOVERY_REQUEST));
            case CARRY_OUT -> carryOut(call, about, found);
        };
    }

    private Recovery requested(SupportCall call, Found found) {
        Recovery recovery = found.row().orElseGet(Recovery::new);
        recovery.request(call.user(), call.by(), config.approvals(), found.now(), TIME_TO_CONFIRM);
        return recovery;
    }

    private Uni<Void> requireSomething(String user) {
        return numbers.sealed(user)
                .flatMap(number -> pins.state(user).invoke(pin -> {
                    if (number.isEmpty() && !pin.isSet()) {
                        throw ApiException.refusal(ErrorCode.NO_PHONE_NUMBER);
                    }
                }))
                .replaceWithVoid();
    }

    private Uni<Deed<RecoverySummary>> carryOut(SupportCall call, Caller about, Found found) {
        Recovery recovery = found.running()
                .filter(other -> other.state == RecoveryState.REQUESTED && !other.requestedBy.equals(call.by()))
                .orElseGet(() -> requested(call, found));
        return codes.end(call.user())
                .chain(() -> numbers.retire(call.user()))
                .flatMap(number -> pins.retire(call.user())
                        .flatMap(pin -> keep(recovery, call, about, found.now(), number, pin))
                        .call(() -> tell(recovery, call, "recoveryDone", number)));
    }

    private Uni<Deed<RecoverySummary>> keep(
            Recovery recovery,
            SupportCall call,
            Caller about,
            Instant now,
            Optional<RetiredNumber> number,
            Optional<RetiredPin> pin) {
        if (number.isEmpty() && pin.isEmpty()) {
            throw ApiException.refusal(ErrorCode.NO_PHONE_NUMBER);
        }
        recovery.carryOut(call.by(), about, now, config.hold(), number, pin);
        return write(recovery, SupportEvent.RECOVERY);
    }

    private Uni<Deed<RecoverySummary>> write(Recovery recovery, SupportEvent what) {
        return recoveries.persistAndFlush(recovery).map(written -> new Deed<>(what, written.summary()));
    }

    /**
     * Puts number and PIN back, in the place of a number that was certified meanwhile; or withdraws a request that nobody has
     * confirmed. Asked again, it changes nothing.
     *
     * @return fails with 404 and 2102 if the driver has no recovery, or its end has come
     */
    Uni<RecoverySummary> undo(SupportCall call) {
        return desk.run(
                call,
                SupportEvent.UNDO,
                () -> driverLimits
                        .lock(call.user())
                        .chain(() -> recoveries.lock(call.user()))
                        .flatMap(found -> undo(call, found)));
    }

    private Uni<Deed<RecoverySummary>> undo(SupportCall call, Found found) {
        Recovery recovery = found.running().orElseThrow(() -> ApiException.invalid("recovery", 404));
        if (recovery.state == RecoveryState.UNDONE) {
            return Uni.createFrom().item(new Deed<>(SupportEvent.UNDO_REQUEST, recovery.summary()));
        }
        Optional<RetiredNumber> number = recovery.retiredNumber();
        return (recovery.state == RecoveryState.DONE
                        ? putBack(call.user(), recovery)
                        : Uni.createFrom().voidItem())
                .chain(() -> tell(recovery, call, "recoveryUndone", number))
                .chain(() -> {
                    recovery.undo(call.by(), found.now());
                    return write(recovery, SupportEvent.UNDO);
                });
    }

    private Uni<Void> putBack(String user, Recovery recovery) {
        return codes.end(user)
                .chain(() -> recovery.retiredNumber()
                        .map(number -> numbers.restore(user, number))
                        .orElseGet(() -> numbers.retire(user).replaceWithVoid()))
                .chain(() -> recovery.retiredPin()
                        .map(pin -> pins.restore(user, pin))
                        .orElse(Uni.createFrom().voidItem()));
    }

    private Uni<Void> tell(Recovery recovery, SupportCall call, String notice, Optional<RetiredNumber> number) {
        return number.map(old -> notices.record(recovery.about(call.agent()), notice, old.number()))
                .orElse(Uni.createFrom().voidItem());
    }

    /** Returns the call as one about the driver, in the language and brand of the last SMS to him; else in the agent's. */
    private Uni<Caller> language(SupportCall call) {
        return transactions
                .latest(call.user(), 1)
                .map(List::stream)
                .map(latest -> latest.findFirst()
                        .map(sms -> about(call, sms))
                        .orElseGet(() -> call.agent()
                                .about(
                                        call.user(),
                                        Optional.empty(),
                                        call.agent().language())));
    }

    private static Caller about(SupportCall call, RecordedTransaction sms) {
        return call.agent().about(call.user(), sms.brand(), sms.language());
    }
}
