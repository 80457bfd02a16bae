package io.pims.authentication.pincode;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.database.Database;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.pincode.PinProof.PinAttempt;
import io.pims.authentication.ratelimit.AttemptLimits;
import io.pims.authentication.securityevent.NewSecurityEvent;
import io.pims.authentication.securityevent.SecurityEvents;
import io.pims.authentication.transaction.Deadline;
import io.pims.authentication.transaction.Notices;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * Replaces a PIN that is proved by a new one. If another request, such as a reset, has set a PIN meanwhile, that one stays:
 * the old PIN proves nothing any more. The notice is ordered in the SQL transaction that sets the PIN.
 */
@ApplicationScoped
class PinUpdate {

    private static final String WHAT = "pincode.update";

    private final Database database;
    private final PinPolicy policy;
    private final AttemptQueue attempts;
    private final PinProof proof;
    private final PinCodes pins;
    private final PinHashing hashing;
    private final AttemptLimits limits;
    private final TrustedPhoneNumbers numbers;
    private final Notices notices;
    private final SecurityEvents events;

    PinUpdate(
            Database database,
            PinPolicy policy,
            AttemptQueue attempts,
            PinProof proof,
            PinCodes pins,
            PinHashing hashing,
            AttemptLimits limits,
            TrustedPhoneNumbers numbers,
            Notices notices,
            SecurityEvents events) {
        this.database = database;
        this.policy = policy;
        this.attempts = attempts;
        this.proof = proof;
        this.pins = pins;
        this.hashing = hashing;
        this.limits = limits;
        this.numbers = numbers;
        this.notices = notices;
        this.events = events;
    }

    /**
     * Sets the new PIN if the old one is right.
     *
     * @return fails with {@link ApiException}: 2102 for a new PIN that the policy refuses and for an old one that is
     *     wrong, 2201 over a limit, 2310 after five wrong ones in a row, 2315 if both are the same
     */
    Uni<Void> update(Caller caller, String oldPin, String newPin) {
        if (!policy.allows(newPin)) {
            return Uni.createFrom().failure(ApiException.invalid("newPIN"));
        }
        return attempts.ofDriver(caller.user(), deadline -> update(caller, oldPin, newPin, deadline));
    }

    private Uni<Void> update(Caller caller, String oldPin, String newPin, Deadline deadline) {
        return database.withSession(() -> pins.setAt(caller.user()))
                .flatMap(setAt -> proof.prove(PinAttempt.byDriver(caller, oldPin, WHAT), deadline)
                        .flatMap(right -> right
                                ? set(caller, setAt, oldPin, newPin, deadline)
                                : Uni.createFrom().failure(ApiException.invalid("oldPIN"))));
    }

    private Uni<Void> set(Caller caller, Optional<Instant> setAt, String oldPin, String newPin, Deadline deadline) {
        if (newPin.equals(oldPin)) {
            return Uni.createFrom().failure(ApiException.refusal(ErrorCode.SAME_PIN_CODE));
        }
        return hashing.hash(newPin, deadline)
                .flatMap(hashed -> database.withTransaction(() -> limits.countPinUpdate(caller.user())
                        .chain(() -> replace(caller.user(), setAt, hashed))
                        .invoke(first -> {
                            if (!first) {
                                throw ApiException.invalid("oldPIN");
                            }
                        })
                        .chain(() -> tell(caller))
                        .chain(() -> events.append(new NewSecurityEvent(
                                caller.user(), WHAT, Optional.empty(), caller.requestId(), caller.addressHash())))));
    }

    private Uni<Void> tell(Caller caller) {
        return numbers.sealed(caller.user())
                .flatMap(number -> number.map(to -> notices.record(caller, "pinUpdated", to))
                        .orElse(Uni.createFrom().voidItem()));
    }

    private Uni<Boolean> replace(String user, Optional<Instant> setAt, HashedPin pin) {
        return setAt.map(at -> pins.replace(user, at, pin))
                .orElse(Uni.createFrom().item(false));
    }
}
