package io.pims.authentication.certification;

import static io.pims.authentication.code.SmsCodeType.PHONE_NUMBER_CERTIFICATION;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.code.CodeMetrics;
import io.pims.authentication.code.Guess;
import io.pims.authentication.code.SmsCodes;
import io.pims.authentication.database.Database;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.pincode.AttemptQueue;
import io.pims.authentication.pincode.PinProof;
import io.pims.authentication.pincode.PinProof.PinAttempt;
import io.pims.authentication.ratelimit.AttemptLimits;
import io.pims.authentication.securityevent.NewSecurityEvent;
import io.pims.authentication.securityevent.SecurityEvents;
import io.pims.authentication.support.RecoveryHold;
import io.pims.authentication.transaction.Deadline;
import io.pims.authentication.transaction.Notices;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumbers;
import io.pims.authentication.trustedphonenumber.SealedNumber;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Makes a number the driver's trusted one, by the code that came to it. The number opens the account. So a change asks for
 * the PIN where one is set, sends a notice to the old number, and without a PIN holds resets for a while. After a recovery by
 * the help desk it holds them in any case.
 */
@ApplicationScoped
class NumberCertification {

    private final Database database;
    private final PhoneNumbers phoneNumbers;
    private final NumberVault vault;
    private final TrustedPhoneNumbers numbers;
    private final SmsCodes codes;
    private final CodeMetrics metrics;
    private final AttemptQueue attempts;
    private final AttemptLimits limits;
    private final PinProof proof;
    private final RecoveryHold recoveryHold;
    private final Notices notices;
    private final SecurityEvents events;

    NumberCertification(
            Database database,
            PhoneNumbers phoneNumbers,
            NumberVault vault,
            TrustedPhoneNumbers numbers,
            SmsCodes codes,
            CodeMetrics metrics,
            AttemptQueue attempts,
            AttemptLimits limits,
            PinProof proof,
            RecoveryHold recoveryHold,
            Notices notices,
            SecurityEvents events) {
        this.database = database;
        this.phoneNumbers = phoneNumbers;
        this.vault = vault;
        this.numbers = numbers;
        this.codes = codes;
        this.metrics = metrics;
        this.attempts = attempts;
        this.limits = limits;
        this.proof = proof;
        this.recoveryHold = recoveryHold;
        this.notices = notices;
        this.events = events;
    }

    private record CurrentState(Optional<SealedNumber> number, boolean hasPin) {}

    /**
     * Adds or changes the number.
     *
     * @return fails with {@link ApiException}: 2102 for a number that may not receive codes and for a wrong PIN, 2390
     *     for one too many, 2307 where there is none to change, 2101 without the PIN that is set, 2201 over a limit, 2305,
     *     2306 or 2310 for the code. A code is spent only if it changes the number.
     */
    Uni<Void> certify(Caller caller, NumberChange change) {
        SealedNumber number = phoneNumbers
                .read(change.phoneNumber(), caller.driver().region())
                .map(read -> vault.seal(read, caller.user()))
                .orElseThrow(() -> ApiException.invalid("phoneNumber"));
        return attempts.ofDriver(caller.user(), deadline -> certify(caller, change, number, deadline));
    }

    private Uni<Void> certify(Caller caller, NumberChange change, SealedNumber number, Deadline deadline) {
        return database.withSession(() -> numbers.sealed(caller.user())
                        .flatMap(found -> proof.isSet(caller.user()).map(hasPin -> new CurrentState(found, hasPin))))
                .invoke(current -> refuse(change, current))
                .flatMap(current -> prove(caller, change, current, deadline)
                        .chain(() -> guess(caller, change, current, number))
                        .flatMap(guess -> write(caller, change, number, current, guess)
                                .onFailure()
                                .call(unused -> database.takeBack(() ->
                                        codes.takeBack(caller.user(), PHONE_NUMBER_CERTIFICATION, guess.codeId())))));
    }

    private static void refuse(NumberChange change, CurrentState current) {
        if (change.adds() && current.number().isPresent()) {
            throw ApiException.refusal(ErrorCode.PHONE_NUMBER_TAKEN);
        }
        if (!change.adds() && current.number().isEmpty()) {
            throw ApiException.refusal(ErrorCode.NO_PHONE_NUMBER);
        }
        if (asksForPin(change, current) && change.pinCode() == null) {
            throw ApiException.missing("pinCode");
        }
    }

    private static boolean asksForPin(NumberChange change, CurrentState current) {
        return !change.adds() && current.hasPin();
    }

    private Uni<Void> prove(Caller caller, NumberChange change, CurrentState current, Deadline deadline) {
        if (!asksForPin(change, current)) {
            return Uni.createFrom().voidItem();
        }
        return proof.prove(PinAttempt.byDriver(caller, change.pinCode(), what(change)), deadline)
                .invoke(right -> {
                    if (!right) {
                        throw ApiException.invalid("pinCode");
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Counts the guess, also a wrong one: the refusal comes after the commit. The limits count the whole request as one
     * attempt, and have counted it already where a PIN was proved.
     */
    private Uni<Guess> guess(Caller caller, NumberChange change, CurrentState current, SealedNumber number) {
        return database.withTransaction(() -> (asksForPin(change, current)
                                ? Uni.createFrom().voidItem()
                                : limits.count(caller.user(), change.action()))
                        .chain(() ->
                                codes.guess(caller.user(), PHONE_NUMBER_CERTIFICATION, number.hash(), change.code()))
                        .call(guess -> guess.error()
                                .map(error -> record(caller, change, Optional.of(error)))
                                .orElse(Uni.createFrom().voidItem())))
                .invoke(guess -> metrics.guessed(PHONE_NUMBER_CERTIFICATION, guess))
                .invoke(guess -> guess.error().ifPresent(error -> {
                    throw ApiException.refusal(error);
                }));
    }

    private Uni<Void> write(
            Caller caller, NumberChange change, SealedNumber number, CurrentState current, Guess guess) {
        boolean held = !change.adds() && !current.hasPin();
        return database.withTransaction(() -> codes.spend(caller.user(), PHONE_NUMBER_CERTIFICATION, guess.codeId())
                        .invoke(first -> {
                            if (!first) {
                                throw ApiException.refusal(ErrorCode.SMS_CODE_INVALID);
                            }
                        })
                        .chain(() -> change.adds()
                                ? numbers.add(caller.user(), number)
                                : numbers.modify(caller.user(), number, held))
                        .chain(() -> recoveryHold.certified(caller))
                        .chain(() -> tell(caller, current))
                        .chain(() -> record(caller, change, Optional.empty())))
                .invoke(() -> metrics.spent(PHONE_NUMBER_CERTIFICATION));
    }

    private Uni<Void> tell(Caller caller, CurrentState current) {
        return current.number()
                .map(old -> notices.record(caller, "phoneNumberChanged", old))
                .orElse(Uni.createFrom().voidItem());
    }

    private Uni<Void> record(Caller caller, NumberChange change, Optional<ErrorCode> error) {
        return events.append(
                new NewSecurityEvent(caller.user(), what(change), error, caller.requestId(), caller.addressHash()));
    }

    private static String what(NumberChange change) {
        return "smscode." + change.action();
    }
}
