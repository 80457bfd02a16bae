package io.pims.authentication.trustedphonenumber;

import io.pims.authentication.database.DatabaseTime;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The trusted phone numbers on file. All methods but {@link #onFile} need a session, the writing ones a SQL transaction
 * around them.
 */
@ApplicationScoped
public class TrustedPhoneNumbers implements PanacheRepositoryBase<TrustedPhoneNumber, String> {

    /** Names the rows of users, for another statement that has these users in its second parameter. */
    public static final String OF_USERS = "trusted_phone_number WHERE user_id = ANY($2::text[])";

    /**
     * Notes when users last asked for a code. A part of another statement, which has these in {@code asked (user_id, at)}, in
     * the order of the users.
     */
    public static final String NOTE_ASKED = """
            noted AS (
                UPDATE trusted_phone_number SET asked_at = greatest(trusted_phone_number.asked_at, asked.at)
                FROM asked WHERE trusted_phone_number.user_id = asked.user_id)""";

    static final String NUMBERS = """
            SELECT user_id, number, number_key_id, number_hash, country, prefix_hash,
                CAST(extract(epoch FROM resets_held_until - now()) * 1000 AS bigint) AS held_ms
            FROM trusted_phone_number WHERE user_id = ANY($1)
            """;

    private final NumberVault vault;
    private final AcceptedNumbersConfig config;

    public TrustedPhoneNumbers(NumberVault vault, AcceptedNumbersConfig config) {
        this.vault = vault;
        this.config = config;
    }

    /** Returns the user's number in clear; empty if none is on file. */
    public Uni<Optional<PhoneNumber>> of(String user) {
        return sealed(user).map(found -> found.map(number -> vault.open(number, user)));
    }

    /** Returns the user's number as it is stored; empty if none is on file. */
    public Uni<Optional<SealedNumber>> sealed(String user) {
        return findById(user).map(found -> Optional.ofNullable(found).map(TrustedPhoneNumber::sealed));
    }

    /** Returns the numbers of these users as they are stored, with the time until each may receive reset codes. */
    public Uni<Map<String, ResetNumber>> onFile(SqlConnection connection, Collection<String> users) {
        return connection
                .preparedQuery(NUMBERS)
                .execute(Tuple.of(users.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(row -> row.getString("user_id"), TrustedPhoneNumbers::resetNumber)));
    }

    private static ResetNumber resetNumber(Row row) {
        SealedNumber number = new SealedNumber(
                row.getBuffer("number").getBytes(),
                row.getString("number_key_id"),
                row.getBuffer("number_hash").getBytes(),
                Destination.of(row.getString("country"), row.getString("prefix_hash")));
        return new ResetNumber(
                number,
                Optional.ofNullable(row.getLong("held_ms"))
                        .filter(millis -> millis > 0)
                        .map(Duration::ofMillis));
    }

    /**
     * Puts the user's first number on file.
     *
     * @return fails with 2390 if there is one, or if the number serves as many accounts as it may
     */
    public Uni<Void> add(String user, SealedNumber number) {
        return claim(user, number)
                .chain(() -> findById(user, LockModeType.PESSIMISTIC_WRITE))
                .flatMap(found -> found == null
                        ? put(user, new TrustedPhoneNumber(), number)
                        : Uni.createFrom().failure(ApiException.refusal(ErrorCode.PHONE_NUMBER_TAKEN)));
    }

    /**
     * Replaces the number on file.
     *
     * @param hold true if the new one shall receive no reset code for a while
     * @return fails with 2307 if there is none, with 2390 if the number serves as many accounts as it may
     */
    public Uni<Void> modify(String user, SealedNumber number, boolean hold) {
        return claim(user, number)
                .chain(() -> findById(user, LockModeType.PESSIMISTIC_WRITE))
                .flatMap(found -> found == null
                        ? Uni.createFrom().<Void>failure(ApiException.refusal(ErrorCode.NO_PHONE_NUMBER))
                        : put(user, found, number))
                .chain(() -> hold ? hold(user) : Uni.createFrom().voidItem());
    }

    /** Counts the accounts that the number serves, under a lock of the number. */
    private Uni<Void> claim(String user, SealedNumber number) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(
                                "SELECT CAST(pg_advisory_xact_lock(:number) AS text)", String.class)
                        .setParameter("number", ByteBuffer.wrap(number.hash()).getLong())
                        .getSingleResult())
                .chain(() -> count("numberHash = ?1 and userId <> ?2", number.hash(), user))
                .invoke(others -> {
                    if (others >= config.accountsPerNumber()) {
                        throw ApiException.refusal(ErrorCode.PHONE_NUMBER_TAKEN);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> put(String user, TrustedPhoneNumber row, SealedNumber number) {
        return DatabaseTime.now().flatMap(now -> {
            row.set(user, number);
            row.certifiedAt = now;
            row.resetsHeldUntil = null;
            return persistAndFlush(row).replaceWithVoid();
        });
    }

    /** Returns what the help desk may know of the user's number; empty if none is on file. */
    public Uni<Optional<NumberSummary>> summary(String user) {
        return findById(user)
                .map(found -> Optional.ofNullable(found).map(row -> {
                    Optional<PhoneNumber> number = vault.find(row.sealed(), user);
                    return new NumberSummary(
                            number.map(NumberSummary::lastDigits).orElse(null),
                            number.map(NumberVault::country)
                                    .orElseGet(() -> row.sealed().destination().country()),
                            row.certifiedAt,
                            row.resetsHeldUntil);
                }));
    }

    /** Takes the user's number off file, and returns what was there; empty if none was. */
    public Uni<Optional<RetiredNumber>> retire(String user) {
        return findById(user, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNotNull()
                .transformToUni(found -> delete("userId", user).replaceWith(Optional.of(found.retired())))
                .onItem()
                .ifNull()
                .continueWith(Optional::empty);
    }

    /**
     * Puts a number back as it was, in the place of one that came meanwhile. It does not count the accounts that the number
     * serves: this one was among them.
     */
    public Uni<Void> restore(String user, RetiredNumber number) {
        return findById(user, LockModeType.PESSIMISTIC_WRITE).flatMap(found -> {
            TrustedPhoneNumber row = found == null ? new TrustedPhoneNumber() : found;
            row.set(user, number.number());
            row.certifiedAt = number.certifiedAt();
            row.resetsHeldUntil = number.resetsHeldUntil();
            return persistAndFlush(row).replaceWithVoid();
        });
    }

    /** Lets the user's number receive no reset code before the given time, nor before it could have otherwise. */
    public Uni<Void> hold(String user, Instant until) {
        return update(
                        "resetsHeldUntil = ?1 where userId = ?2 and (resetsHeldUntil is null or resetsHeldUntil < ?1)",
                        until,
                        user)
                .replaceWithVoid();
    }

    private Uni<Void> hold(String user) {
        return DatabaseTime.now()
                .flatMap(now ->
                        update("resetsHeldUntil = ?1 where userId = ?2", now.plus(config.holdAfterChange()), user))
                .replaceWithVoid();
    }
}
