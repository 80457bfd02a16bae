package io.pims.authentication.pincode;

import io.pims.authentication.database.DatabaseTime;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;

/**
 * The PINs that are set, and the wrong tries at those that are not. All methods need a session, the writing ones a SQL
 * transaction around them.
 */
@ApplicationScoped
class PinCodes implements PanacheRepositoryBase<PinCode, String> {

    /**
     * Counts a try before it is made. Returns no row if no try is left, and a row without a hash if no PIN is set. One
     * statement serves all cases, so that its time gives none of them away.
     */
    static final String COUNT = """
            WITH present AS (
                UPDATE pin_code SET failures = failures + 1 WHERE user_id = :user AND failures < %1$d
                RETURNING hash, pepper_id),
            absent AS (
                INSERT INTO pin_code_absent (user_id, failures, tried_at)
                SELECT CAST(:user AS text), 1, now() WHERE NOT EXISTS (SELECT FROM pin_code WHERE user_id = :user)
                ON CONFLICT (user_id) DO UPDATE SET failures = pin_code_absent.failures + 1, tried_at = now()
                    WHERE pin_code_absent.failures < %1$d
                RETURNING user_id)
            SELECT hash, pepper_id FROM present UNION ALL SELECT NULL, NULL FROM absent
            """.formatted(PinCode.TRIES);

    static final String IS_BLOCKED = """
            SELECT coalesce((SELECT failures FROM pin_code WHERE user_id = :user),
                (SELECT failures FROM pin_code_absent WHERE user_id = :user), 0) >= %d
            """.formatted(PinCode.TRIES);

    private static final String TAKE_BACK_ABSENT =
            "UPDATE pin_code_absent SET failures = failures - 1 WHERE user_id = :user AND failures > 0";

    private static final String FORGET_ABSENT = "DELETE FROM pin_code_absent WHERE user_id = :user";

    /** Returns the user's PIN as it is stored; empty if none is set. */
    Uni<Optional<HashedPin>> of(String user) {
        return findById(user).map(found -> Optional.ofNullable(found).map(PinCode::hashed));
    }

    /** Returns true if too many tries in a row were wrong. */
    Uni<Boolean> isBlocked(String user) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(IS_BLOCKED, Boolean.class)
                        .setParameter("user", user)
                        .getSingleResult());
    }

    /** Counts a try before it is made; empty if none is left. */
    Uni<Optional<CountedTry>> count(String user) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(COUNT, Object[].class)
                        .setParameter("user", user)
                        .getResultList())
                .map(rows -> rows.stream().findFirst().map(CountedTry::of));
    }

    /** Ends the row of wrong tries after a right one, and notes when that was. */
    Uni<Void> right(String user) {
        return update("failures = 0, provedAt = current_timestamp where userId = ?1", user)
                .replaceWithVoid();
    }

    /** Takes back a try that could not be made. */
    Uni<Void> takeBack(String user, CountedTry counted) {
        return counted.stored().isPresent()
                ? update("failures = failures - 1 where userId = ?1 and failures > 0", user)
                        .replaceWithVoid()
                : absent(TAKE_BACK_ABSENT, user);
    }

    private static Uni<Void> absent(String sql, String user) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(sql)
                        .setParameter("user", user)
                        .executeUpdate())
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
                .chain(() -> absent(FORGET_ABSENT, user));
    }

    /** Takes the PIN off file, and returns what was there; empty if none was. */
    Uni<Optional<RetiredPin>> retire(String user) {
        return findById(user, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNotNull()
                .transformToUni(found -> delete("userId", user).replaceWith(Optional.of(found.retired())))
                .onItem()
                .ifNull()
                .continueWith(Optional::empty);
    }

    /** Puts a PIN back as it was, with its wrong tries. */
    Uni<Void> restore(String user, RetiredPin pin) {
        return findById(user, LockModeType.PESSIMISTIC_WRITE)
                .flatMap(found -> {
                    PinCode kept = found == null ? new PinCode() : found;
                    kept.restore(user, pin);
                    return persistAndFlush(kept);
                })
                .chain(() -> absent(FORGET_ABSENT, user));
    }

    /** Forgets the wrong tries in a row, with a PIN or without. It proves no PIN. */
    Uni<Void> unblock(String user) {
        return update("failures = 0 where userId = ?1", user).chain(() -> absent(FORGET_ABSENT, user));
    }

    /** Returns the time at which the PIN was set; empty if none is. */
    Uni<Optional<Instant>> setAt(String user) {
        return findById(user).map(found -> Optional.ofNullable(found).map(pin -> pin.changedAt));
    }

    /**
     * Replaces the PIN that was set at the given time.
     *
     * @return false if it has been replaced meanwhile
     */
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

    /** Replaces the given hash by a fresh one of the same PIN, unless it has been replaced meanwhile. */
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
     * A try at a PIN that is counted.
     *
     * @param stored the PIN to compare with; empty if none is set
     */
    record CountedTry(Optional<HashedPin> stored) {

        private static CountedTry of(Object[] row) {
            return new CountedTry(
                    Optional.ofNullable((String) row[0]).map(hash -> new HashedPin(hash, (String) row[1])));
        }
    }
}
