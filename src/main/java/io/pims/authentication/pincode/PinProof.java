package io.pims.authentication.pincode;

import io.pims.authentication.database.Database;
import io.pims.authentication.message.ErrorCode;
import io.pims.authentication.securityevent.Occurrence;
import io.pims.authentication.securityevent.SecurityEvents;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Proves a PIN: the try is counted and committed, then the PIN is compared with no SQL transaction open, then the
 * outcome is recorded. A crash in between costs a try and gives nothing away.
 */
@ApplicationScoped
public class PinProof {

    /** What came of it. */
    public enum Outcome {
        RIGHT,
        WRONG,
        /** No PIN is set. */
        ABSENT,
        /** Too many wrong ones in a row; only a reset helps. */
        BLOCKED
    }

    /**
     * A PIN that somebody claims to know.
     *
     * @param what the operation that it is for, as it is recorded
     */
    public record Presented(String user, String pin, String what, UUID transactionId, Optional<String> addressHash) {

        @Override
        public String toString() {
            return "Presented[what=" + what + "]";
        }
    }

    private final Database database;
    private final PinCodes pins;
    private final PinHash hash;
    private final PinHashing hashing;
    private final SecurityEvents events;

    PinProof(Database database, PinCodes pins, PinHash hash, PinHashing hashing, SecurityEvents events) {
        this.database = database;
        this.pins = pins;
        this.hash = hash;
        this.hashing = hashing;
        this.events = events;
    }

    /** Whether the user has a PIN; needs a session. */
    public Uni<Boolean> isSet(String user) {
        return pins.of(user).map(Optional::isPresent);
    }

    /** Compares, and records a failure; fails with 503 and 2204 if too many hashes are under way. */
    public Uni<Outcome> prove(Presented presented) {
        return database.withTransaction(() -> pins.count(presented.user()))
                .flatMap(attempt -> attempt.stored()
                        .map(stored -> compare(presented, stored))
                        .orElseGet(() -> attempt.blocked()
                                ? record(presented, ErrorCode.ACCOUNT_BLOCKED).replaceWith(Outcome.BLOCKED)
                                : pretend(presented).replaceWith(Outcome.ABSENT)));
    }

    /** Else the time that the answer takes would tell who has no PIN. */
    private Uni<HashedPin> pretend(Presented presented) {
        return hashing.hash(presented.pin());
    }

    private Uni<Outcome> compare(Presented presented, HashedPin stored) {
        return hashing.verify(presented.pin(), stored)
                .onFailure()
                .call(refused -> database.takeBack(() -> pins.takeBack(presented.user())))
                .flatMap(right -> right
                        ? accept(presented, stored).replaceWith(Outcome.RIGHT)
                        : record(presented, ErrorCode.INVALID_PARAMETER).replaceWith(Outcome.WRONG));
    }

    private Uni<Void> accept(Presented presented, HashedPin stored) {
        Uni<Void> accepted = database.withTransaction(() -> pins.right(presented.user()));
        return hash.needsRehash(stored) ? accepted.call(() -> rehash(presented, stored)) : accepted;
    }

    /** If this fails, the next success will do it. */
    private Uni<Void> rehash(Presented presented, HashedPin stored) {
        return hashing.hash(presented.pin())
                .flatMap(fresh -> database.withTransaction(() -> pins.rehash(presented.user(), stored, fresh)))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> record(Presented presented, ErrorCode error) {
        return database.withTransaction(() -> events.append(new Occurrence(
                presented.user(),
                presented.what(),
                Optional.of(error),
                presented.transactionId(),
                presented.addressHash())));
    }
}
