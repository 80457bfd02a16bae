package io.pims.authentication.support;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.pincode.RetiredPin;
import io.pims.authentication.support.RecoveryStep.Running;
import io.pims.authentication.trustedphonenumber.Destination;
import io.pims.authentication.trustedphonenumber.RetiredNumber;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The one recovery of a driver: who asked, who confirmed, what went off file, and until when it can be put back. */
@Entity
@Table(name = "recovery")
class Recovery {

    @Id
    String userId;

    @Enumerated(EnumType.STRING)
    RecoveryState state;

    String requestedBy;
    Instant requestedAt;
    int approvals;
    String confirmedBy;
    Instant confirmedAt;
    String undoneBy;
    Instant undoneAt;

    /** The end of the time to confirm it; once it is done, of the hold. */
    Instant endsAt;

    /** That the driver read before it was done. Who certifies a number meanwhile may be somebody else. */
    String language;

    String brand;
    byte[] number;
    String numberKeyId;
    byte[] numberHash;
    String country;
    String prefixHash;
    Instant certifiedAt;
    Instant resetsHeldUntil;
    String pinHash;
    String pepperId;
    Integer pinFailures;
    Instant pinChangedAt;

    boolean runs(Instant now) {
        return endsAt != null && now.isBefore(endsAt);
    }

    Running running() {
        return new Running(state, requestedBy);
    }

    /** Begins anew, over whatever was before. */
    void request(String user, String by, int people, Instant now, Duration timeToConfirm) {
        userId = user;
        state = RecoveryState.REQUESTED;
        requestedBy = by;
        requestedAt = now;
        approvals = people;
        confirmedBy = null;
        confirmedAt = null;
        undoneBy = null;
        undoneAt = null;
        endsAt = now.plus(timeToConfirm);
        forget();
    }

    /**
     * Keeps what went off file.
     *
     * @param about the call as one about the driver
     */
    void carryOut(
            String by,
            Caller about,
            Instant now,
            Duration hold,
            Optional<RetiredNumber> gone,
            Optional<RetiredPin> pin) {
        state = RecoveryState.DONE;
        confirmedBy = by;
        language = about.language();
        brand = about.driver().brand().orElse(null);
        confirmedAt = now;
        endsAt = now.plus(hold);
        gone.ifPresent(this::keep);
        pin.ifPresent(this::keep);
    }

    /** Returns the request as one about the driver, for an SMS to the number that went off file. */
    Caller about(Caller by) {
        return by.about(userId, Optional.ofNullable(brand), language);
    }

    private void keep(RetiredNumber retired) {
        SealedNumber sealed = retired.number();
        number = sealed.ciphertext();
        numberKeyId = sealed.keyId();
        numberHash = sealed.hash();
        Destination destination = sealed.destination();
        country = destination.isKnown() ? destination.country() : null;
        prefixHash = destination.prefixHash();
        certifiedAt = retired.certifiedAt();
        resetsHeldUntil = retired.resetsHeldUntil();
    }

    private void keep(RetiredPin pin) {
        pinHash = pin.hash();
        pepperId = pin.pepperId();
        pinFailures = pin.failures();
        pinChangedAt = pin.changedAt();
    }

    /** Returns the number that went off file; empty if none did, or it is back. */
    Optional<RetiredNumber> retiredNumber() {
        return Optional.ofNullable(number)
                .map(ciphertext -> new RetiredNumber(
                        new SealedNumber(ciphertext, numberKeyId, numberHash, Destination.of(country, prefixHash)),
                        certifiedAt,
                        resetsHeldUntil));
    }

    /** Returns the PIN that went off file; empty if none did, or it is back. */
    Optional<RetiredPin> retiredPin() {
        return Optional.ofNullable(pinHash).map(hash -> new RetiredPin(hash, pepperId, pinFailures, pinChangedAt));
    }

    /** Keeps no longer what is back on file. */
    void undo(String by, Instant now) {
        state = RecoveryState.UNDONE;
        undoneBy = by;
        undoneAt = now;
        forget();
    }

    private void forget() {
        language = null;
        brand = null;
        number = null;
        numberKeyId = null;
        numberHash = null;
        country = null;
        prefixHash = null;
        certifiedAt = null;
        resetsHeldUntil = null;
        pinHash = null;
        pepperId = null;
        pinFailures = null;
        pinChangedAt = null;
    }

    RecoverySummary summary() {
        return new RecoverySummary(state, requestedAt, confirmedAt, undoneAt, endsAt);
    }
}
