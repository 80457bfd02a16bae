package io.pims.authentication.pincode;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.database.Database;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.pincode.PinCodes.CountedTry;
import io.pims.authentication.ratelimit.AttemptLimits;
import io.pims.authentication.securityevent.NewSecurityEvent;
import io.pims.authentication.securityevent.SecurityEvents;
import io.pims.authentication.transaction.Deadline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Proves a PIN: the try is counted and committed, then the PIN is compared with no SQL transaction open, then the
 * outcome is recorded. A crash in between costs a try and gives nothing away.
 */
@ApplicationScoped
public class PinProof {

    private static final String VERIFICATION = "pincode.verification";

    /**
     * A PIN that somebody claims to know.
     *
     * @param user whose PIN it is
     * @param what the operation that asks for the PIN, as its event is recorded
     * @param caller the driver, or a backend
     */
    public record PinAttempt(String user, String pin, String what, Caller caller) {

        /** Returns an attempt of a driver at the own PIN. */
        public static PinAttempt byDriver(Caller driver, String pin, String what) {
            return new PinAttempt(driver.user(), pin, what, driver);
        }

        /** Returns an attempt of a backend at a user's PIN. */
        static PinAttempt byBackend(Caller backend, String user, String pin) {
            return new PinAttempt(user, pin, VERIFICATION, backend);
        }

        @Override
        public String toString() {
            return "PinAttempt[what=" + what + "]";
        }
    }

    private final Database database;
    private final PinCodes pins;
    private final PinHash hash;
    private final PinHashing hashing;
    private final AttemptLimits limits;
    private final SecurityEvents events;

    PinProof(
            Database database,
            PinCodes pins,
            PinHash hash,
            PinHashing hashing,
            AttemptLimits limits,
            SecurityEvents events) {
        this.database = database;
        this.pins = pins;
        this.hash = hash;
        this.hashing = hashing;
        this.limits = limits;
        this.events = events;
    }

    /** Returns true if the user has a PIN. Needs a session. */
    public Uni<Boolean> isSet(String user) {
        return pins.of(user).map(Optional::isPresent);
    }

    /**
     * Compares, and records a failure. Does the same where no PIN is set: else the answer and its time would tell who has
     * none.
     *
     * @return false if the PIN is another one, or none is set. Fails with 429 over a limit, with 403 and 2310 after too many
     *     wrong ones in a row, with 503 and 2204 if too many hashes wait or this one would begin after the deadline
     */
    public Uni<Boolean> prove(PinAttempt attempt, Deadline deadline) {
        return database.withTransaction(() -> count(attempt).chain(() -> pins.count(attempt.user())))
                .flatMap(found -> found.map(counted -> compare(attempt, counted, deadline))
                        .orElseGet(() -> record(attempt, ErrorCode.ACCOUNT_BLOCKED)
                                .chain(() ->
                                        Uni.createFrom().failure(ApiException.refusal(ErrorCode.ACCOUNT_BLOCKED)))));
    }

    private Uni<Void> count(PinAttempt attempt) {
        return attempt.what().equals(VERIFICATION)
                ? limits.countVerification(attempt.user(), attempt.caller().user())
                : limits.count(
                        attempt.user(), attempt.what().substring(attempt.what().indexOf('.') + 1));
    }

    private Uni<Boolean> compare(PinAttempt attempt, CountedTry counted, Deadline deadline) {
        return counted.stored()
                .map(stored -> hashing.verify(attempt.pin(), stored, deadline))
                .orElseGet(() -> hashing.hash(attempt.pin(), deadline).replaceWith(false))
                .onFailure()
                .call(refused -> takeBack(attempt, counted))
                .call(right -> right
                        ? accept(attempt, counted.stored().orElseThrow(), deadline)
                                .onFailure()
                                .call(late -> takeBack(attempt, counted))
                        : record(attempt, ErrorCode.INVALID_PARAMETER));
    }

    /** Nothing was compared, or the PIN was right and that could not be written: it is no wrong one. */
    private Uni<Void> takeBack(PinAttempt attempt, CountedTry counted) {
        return database.takeBack(() -> pins.takeBack(attempt.user(), counted));
    }

    private Uni<Void> accept(PinAttempt attempt, HashedPin stored, Deadline deadline) {
        Uni<Void> accepted = database.withTransaction(() -> pins.right(attempt.user()));
        return hash.needsRehash(stored) ? accepted.call(() -> rehash(attempt, stored, deadline)) : accepted;
    }

    /** Ignores a failure: the next right attempt hashes again. */
    private Uni<Void> rehash(PinAttempt attempt, HashedPin stored, Deadline deadline) {
        return hashing.hash(attempt.pin(), deadline)
                .flatMap(fresh -> database.withTransaction(() -> pins.rehash(attempt.user(), stored, fresh)))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> record(PinAttempt attempt, ErrorCode error) {
        return database.withTransaction(() -> events.append(new NewSecurityEvent(
                attempt.user(),
                attempt.what(),
                Optional.of(error),
                attempt.caller().requestId(),
                attempt.caller().addressHash())));
    }
}
