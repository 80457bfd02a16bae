package io.pims.authentication.smscode;

import io.pims.authentication.budget.BudgetDecisions;
import io.pims.authentication.budget.Velocities;
import io.pims.authentication.budget.Velocity;
import io.pims.authentication.message.ApiException;
import io.pims.authentication.ratelimit.Ledger;
import io.pims.authentication.ratelimit.RateLimits;
import io.pims.authentication.transaction.Recordings;
import io.pims.authentication.transaction.Recordings.Asked;
import io.pims.authentication.transaction.Replay;
import io.pims.authentication.transaction.TransactionConfig;
import io.pims.authentication.trustedphonenumber.ResetNumber;
import io.pims.authentication.trustedphonenumber.TrustedPhoneNumbers;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Admits requests for codes, many in one SQL transaction of two flights, each pipelined: lock and read what the users
 * have used, hold and asked for, and their numbers; write and commit. The decisions in between are {@link Batch}'s.
 */
@ApplicationScoped
class Admission {

    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    /** A replica that stopped in the middle must not keep its locks, nor let the others wait for long. */
    private static final String BEGIN =
            "BEGIN; SET LOCAL lock_timeout = %d; SET LOCAL idle_in_transaction_session_timeout = %d";

    /** Classes of SQLSTATE that tell of the connection or the server, not of the statement. */
    private static final Set<String> BROKEN = Set.of("08", "57", "58", "XX");

    private final Pool pool;
    private final TransactionConfig transactions;
    private final TrustedPhoneNumbers numbers;
    private final RateLimits limits;
    private final Velocities velocities;
    private final BudgetDecisions decisions;
    private final SmsCodes codes;
    private final Recordings recordings;
    private final String begin;

    Admission(
            Pool pool,
            SmsCodeConfig config,
            TransactionConfig transactions,
            TrustedPhoneNumbers numbers,
            RateLimits limits,
            Velocities velocities,
            BudgetDecisions decisions,
            SmsCodes codes,
            Recordings recordings) {
        this.pool = pool;
        this.transactions = transactions;
        this.numbers = numbers;
        this.limits = limits;
        this.velocities = velocities;
        this.decisions = decisions;
        this.codes = codes;
        this.recordings = recordings;
        long patience = config.patience().toMillis();
        this.begin = BEGIN.formatted(Math.max(1, patience / 2), patience);
    }

    /** How often a batch reads anew, if others took the last of a budget between its reading and its writing. */
    private static final int OVERTAKEN = 3;

    /** What was read under the locks, and of velocities without one. */
    private record Books(
            Ledger ledger,
            Map<String, ResetNumber> numbers,
            IssuedCodes codes,
            Map<Asked, Replay> replays,
            Velocity velocity) {}

    /**
     * Decides about all of them.
     *
     * @return fails if the database is away; what another request of the batch did wrong harms none of the others
     */
    Uni<List<Batch.Decision>> admit(List<Request> requests) {
        return together(requests)
                .onFailure(Admission::isStatements)
                .recoverWithUni(
                        failure -> requests.size() == 1 ? Uni.createFrom().failure(failure) : eachAlone(requests));
    }

    private Uni<List<Batch.Decision>> eachAlone(List<Request> requests) {
        return Multi.createFrom()
                .iterable(requests)
                .onItem()
                .transformToUniAndConcatenate(request -> together(List.of(request))
                        .map(decisions -> decisions.get(0))
                        .onFailure()
                        .recoverWithItem(failure -> new Batch.Decision(null, ApiException.databaseAway(failure))))
                .collect()
                .asList();
    }

    private Uni<List<Batch.Decision>> together(List<Request> requests) {
        return Uni.createFrom()
                .deferred(() -> attempt(requests))
                .onFailure(failure -> causes(failure).anyMatch(Velocities::isOvertaken))
                .retry()
                .atMost(OVERTAKEN);
    }

    private Uni<List<Batch.Decision>> attempt(List<Request> requests) {
        Batch batch = new Batch(requests);
        return pool.withConnection(connection -> decide(connection, batch)
                        .onFailure()
                        .call(() -> rollback(connection))
                        .flatMap(books -> write(connection, batch, books)
                                .invoke(() -> decisions.see(books.ledger().usages()))))
                .onFailure(CommitUnknown.class)
                .recoverWithUni(failure -> settle(batch, failure.getCause()))
                .invoke(() -> batch.overruns()
                        .forEach(overruns -> decisions.tell(overruns.request(), overruns.country(), overruns.of())))
                .map(written -> batch.decisions());
    }

    private Uni<Books> decide(SqlConnection connection, Batch batch) {
        return Uni.combine()
                .all()
                .unis(
                        connection.query(begin).execute(),
                        limits.open(connection, batch.asking()),
                        numbers.onFile(connection, batch.users()),
                        codes.of(connection, batch.users()),
                        recordings.replays(connection, batch.asked()),
                        velocities.read(connection, batch.newDestinations(), batch.resetting()))
                .collectFailures()
                .asTuple()
                .map(read ->
                        new Books(read.getItem2(), read.getItem3(), read.getItem4(), read.getItem5(), read.getItem6()))
                .flatMap(books -> {
                    batch.resolve(books.numbers());
                    List<Request> chargeable = batch.chargeable(books.replays(), books.ledger()::isOpen);
                    return limits.charge(
                                    connection,
                                    books.ledger(),
                                    books.velocity(),
                                    chargeable.stream().map(batch::applicant).toList())
                            .invoke(charges -> {
                                for (int index = 0; index < charges.size(); index++) {
                                    batch.decide(chargeable.get(index), charges.get(index), books.codes());
                                }
                            })
                            .replaceWith(books);
                });
    }

    /** Once the commit is on its way, only the failure of a statement says for sure that nothing was recorded. */
    private Uni<Void> write(SqlConnection connection, Batch batch, Books books) {
        if (batch.recordings().isEmpty()) {
            return rollback(connection);
        }
        return Uni.combine()
                .all()
                .unis(
                        limits.write(connection, books.ledger()),
                        codes.write(connection, books.codes()),
                        recordings.record(connection, batch.recordings()),
                        velocities.write(connection, books.velocity()),
                        connection.query("COMMIT").execute())
                .collectFailures()
                .discardItems()
                .onFailure(failure -> !isStatements(failure))
                .transform(CommitUnknown::new);
    }

    private static Uni<Void> rollback(SqlConnection connection) {
        return connection
                .query("ROLLBACK")
                .execute()
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    /** Asks behind the locks of the transaction whose end nobody heard of, so after its end. */
    private Uni<Void> settle(Batch batch, Throwable cause) {
        return pool.withTransaction(connection -> limits.open(connection, batch.asking())
                        .chain(() -> recordings.recorded(connection, batch.recorded())))
                .onFailure()
                .retry()
                .withBackOff(FIRST_LOOK, LONGEST_LOOK)
                .expireIn(transactions.deadline().toMillis())
                .onFailure()
                .transform(failure -> cause)
                .invoke(found -> batch.keepOnly(found, cause))
                .replaceWithVoid();
    }

    private static boolean isStatements(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof PgException refusal
                        && !BROKEN.contains(refusal.getSqlState().substring(0, 2)));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return failure instanceof CompositeException many ? many.getCauses().stream() : Stream.of(failure);
    }

    /** The connection ended between the commit and its answer. */
    private static final class CommitUnknown extends RuntimeException {

        private CommitUnknown(Throwable cause) {
            super(null, cause, false, false);
        }
    }
}
