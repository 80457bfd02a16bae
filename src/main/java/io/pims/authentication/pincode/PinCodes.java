package io.pims.authentication.pincode;

import io.pims.authentication.transaction.DatabaseTime;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;

/** The PINs that are set. All methods need a session, the writing ones a SQL transaction around them. */
@ApplicationScoped
class PinCodes implements PanacheRepositoryBase<PinCode, String> {

    /** The user's PIN as it is stored; empty if none is set. */
    Uni<Optional<HashedPin>> of(String user) {
        return findById(user).map(found -> Optional.ofNullable(found).map(PinCode::hashed));
    }

    Uni<Boolean> isBlocked(String user) {
        return findById(user).map(found -> found != null && found.isBlocked());
    }

    /** Counts a try before it is made; tells the state after it, or that there is no try left. */
    Uni<Try> count(String user) {
        return findById(user, LockModeType.PESSIMISTIC_WRITE).map(found -> {
            if (found == null) {
                return Try.NO_PIN;
            }
            if (found.isBlocked()) {
                return Try.BLOCKED;
            }
            found.failures++;
            return new Try(Optional.of(found.hashed()), false);
        });
    }

    /** A right try ends the row of wrong ones. */
    Uni<Void> right(String user) {
        return update("failures = 0 where userId = ?1", user).replaceWithVoid();
    }

    /** A try that could not be made is none. */
    Uni<Void> takeBack(String user) {
        return update("failures = failures - 1 where userId = ?1 and failures > 0", user)
                .replaceWithVoid();
    }

    /** Sets the PIN, which also unblocks it. */
    Uni<Void> set(String user, HashedPin pin) {
        return DatabaseTime.now()
                .flatMap(now -> findById(user, LockModeType.PESSIMISTIC_WRITE).flatMap(found -> {
                    PinCode kept = found == null ? new PinCode() : found;
                    kept.userId = user;
                    kept.set(pin, now);
                    return persist(kept);
                }))
                .replaceWithVoid();
    }

    /** When the PIN was set; empty if there is none. */
    Uni<Optional<Instant>> setAt(String user) {
        return findById(user).map(found -> Optional.ofNullable(found).map(pin -> pin.changedAt));
    }

    /** Sets the PIN in the place of the one that was set then; false if that has been replaced meanwhile. */
    Uni<Boolean> replace(String user, Instant setAt, HashedPin pin) {
        return update(
                        "hash = ?1, pepperId = ?2, failures = 0, changedAt = current_timestamp"
                                + " where userId = ?3 and changedAt = ?4",
                        pin.phc(),
                        pin.pepperId(),
                        user,
                        setAt)
                .map(rows -> rows == 1);
    }

    /** Puts a fresh hash of the same PIN in the place of the given one, unless that has been replaced meanwhile. */
    Uni<Void> rehash(String user, HashedPin old, HashedPin fresh) {
        return update(
                        "hash = ?1, pepperId = ?2 where userId = ?3 and hash = ?4",
                        fresh.phc(),
                        fresh.pepperId(),
                        user,
                        old.phc())
                .replaceWithVoid();
    }

    /**
     * A try at a PIN.
     *
     * @param stored what to compare with; empty if there is no PIN or no try left
     */
    record Try(Optional<HashedPin> stored, boolean blocked) {

        static final Try NO_PIN = new Try(Optional.empty(), false);
        static final Try BLOCKED = new Try(Optional.empty(), true);
    }
}
