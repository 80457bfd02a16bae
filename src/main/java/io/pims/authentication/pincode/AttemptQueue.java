package io.pims.authentication.pincode;

import io.pims.authentication.database.Patience;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.transaction.Deadline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/**
 * Queues attempts at codes and PINs in this replica. The attempts of one user go on one after the other. So a driver takes
 * one connection to the database and one place among the hashes, over however many connections the requests come. Between
 * replicas, {@link io.pims.authentication.ratelimit.AttemptLimits} bounds the attempts.
 */
@ApplicationScoped
public class AttemptQueue {

    /** Attempts of all users that may wait: more than honest drivers ever make, at some hundred bytes each. */
    private static final int MAX_WAITING = 1_000;

    /** Attempts of one backend that keep a worker busy. More would only take connections to the database from drivers. */
    private static final int PER_WORKER = 4;

    private final Patience patience;
    private final KeyedBulkhead users;
    private final KeyedBulkhead backends;

    AttemptQueue(PinCodeConfig config, Patience patience) {
        this.patience = patience;
        this.users = new KeyedBulkhead(1, config.waitingPerUser(), MAX_WAITING);
        this.backends = new KeyedBulkhead(PER_WORKER * PinHashing.workers(config), MAX_WAITING, MAX_WAITING);
    }

    /**
     * Lets a driver make an attempt.
     *
     * @param attempt gets the deadline until which its hashes may wait
     * @return fails with {@link ApiException} 429 or 503 if too many wait, 503 if its turn does not come in time
     */
    public <T> Uni<T> ofDriver(String user, Function<Deadline, Uni<T>> attempt) {
        return Uni.createFrom().deferred(() -> {
            Deadline deadline = Deadline.in(patience.left());
            return users.take(user, deadline, () -> attempt.apply(deadline));
        });
    }

    /** Lets a backend try a user's PIN in the same way. Attempts that wait for one user take no place from other users. */
    <T> Uni<T> ofBackend(String backend, String user, Function<Deadline, Uni<T>> attempt) {
        return ofDriver(user, deadline -> backends.take(backend, deadline, () -> attempt.apply(deadline)));
    }
}
