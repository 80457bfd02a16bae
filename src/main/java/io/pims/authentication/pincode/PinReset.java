package io.pims.authentication.pincode;

import static io.pims.authentication.code.SmsCodeType.RESET_PIN;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.code.CodeMetrics;
import io.pims.authentication.code.Guess;
import io.pims.authentication.code.SmsCodes;
import io.pims.authentication.database.Database;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.ratelimit.AttemptLimits;
import io.pims.authentication.securityevent.NewSecurityEvent;
import io.pims.authentication.securityevent.SecurityEvents;
import io.pims.authentication.transaction.Deadline;
import io.pims.authentication.transaction.Notices;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Spends a code on a new PIN in three steps: one SQL transaction counts and judges the guess, the PIN is hashed with none
 * open, and a second one spends the code, sets the PIN, records it and orders the notice. If many such requests come at
 * once, the second transaction lets one through.
 */
@ApplicationScoped
class PinReset {

    private static final String WHAT = "pincode.reset";

    private final Database database;
    private final PinPolicy policy;
    private final AttemptQueue attempts;
    private final AttemptLimits limits;
    private final PinCodes pins;
    private final PinHashing hashing;
    private final SmsCodes codes;
    private final CodeMetrics metrics;
    private final TrustedPhoneNumbers numbers;
    private final Notices notices;
    private final SecurityEvents events;

    PinReset(
            Database database,
            PinPolicy policy,
            AttemptQueue attempts,
            AttemptLimits limits,
            PinCodes pins,
            PinHashing hashing,
            SmsCodes codes,
            CodeMetrics metrics,
            TrustedPhoneNumbers numbers,
            Notices notices,
            SecurityEvents events) {
        this.database = database;
        this.policy = policy;
        this.attempts = attempts;
        this.limits = limits;
        this.pins = pins;
        this.hashing = hashing;
        this.codes = codes;
        this.metrics = metrics;
        this.numbers = numbers;
        this.notices = notices;
        this.events = events;
    }

    private record Judgement(Guess guess, Optional<HashedPin> current) {}

    /**
     * Sets the PIN if the code is right.
     *
     * @return fails with {@link ApiException}: 2102 for a PIN that the policy refuses, 2201 over a limit, 2305, 2306 or
     *     2310 for the code, 2315 for the PIN that is set already. A code is spent only if it sets a PIN.
     */
    Uni<Void> reset(Caller caller, String smsCode, String pinCode) {
        if (!policy.allows(pinCode)) {
            return Uni.createFrom().failure(ApiException.invalid("pinCode"));
        }
        return attempts.ofDriver(caller.user(), deadline -> reset(caller, smsCode, pinCode, deadline));
    }

    private Uni<Void> reset(Caller caller, String smsCode, String pinCode, Deadline deadline) {
        return database.withTransaction(() -> judge(caller, smsCode))
                .invoke(judgement -> metrics.guessed(RESET_PIN, judgement.guess()))
                .invoke(judgement -> judgement.guess().error().ifPresent(error -> {
                    throw ApiException.refusal(error);
                }))
                .flatMap(judgement -> use(caller, judgement, pinCode, deadline)
                        .onFailure()
                        .call(() -> database.takeBack(() -> codes.takeBack(
                                caller.user(), RESET_PIN, judgement.guess().codeId()))));
    }

    private Uni<Judgement> judge(Caller caller, String smsCode) {
        return limits.count(caller.user(), "reset")
                .chain(() -> numbers.sealed(caller.user()))
                .map(number -> number.map(SealedNumber::hash).orElse(new byte[0]))
                .flatMap(numberHash -> codes.guess(caller.user(), RESET_PIN, numberHash, smsCode))
                .flatMap(guess -> guess.error()
                        .map(error -> record(caller, Optional.of(error)))
                        .orElse(Uni.createFrom().voidItem())
                        .chain(() -> pins.of(caller.user()))
                        .map(current -> new Judgement(guess, current)));
    }

    private Uni<Void> use(Caller caller, Judgement judgement, String pinCode, Deadline deadline) {
        return differs(judgement.current(), pinCode, deadline)
                .chain(() -> hashing.hash(pinCode, deadline))
                .flatMap(hashed -> database.withTransaction(() -> codes.spend(
                                caller.user(), RESET_PIN, judgement.guess().codeId())
                        .invoke(first -> {
                            if (!first) {
                                throw ApiException.refusal(ErrorCode.SMS_CODE_INVALID);
                            }
                        })
                        .chain(() -> pins.set(caller.user(), hashed))
                        .chain(() -> tell(caller))
                        .chain(() -> record(caller, Optional.empty()))))
                .invoke(() -> metrics.spent(RESET_PIN));
    }

    private Uni<Void> differs(Optional<HashedPin> current, String pinCode, Deadline deadline) {
        return current.map(stored -> hashing.verify(pinCode, stored, deadline))
                .orElse(Uni.createFrom().item(false))
                .invoke(same -> {
                    if (same) {
                        throw ApiException.refusal(ErrorCode.SAME_PIN_CODE);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> tell(Caller caller) {
        return numbers.sealed(caller.user())
                .flatMap(number -> number.map(to -> notices.record(caller, "pinReset", to))
                        .orElse(Uni.createFrom().voidItem()));
    }

    private Uni<Void> record(Caller caller, Optional<ErrorCode> error) {
        return events.append(
                new NewSecurityEvent(caller.user(), WHAT, error, caller.requestId(), caller.addressHash()));
    }
}
