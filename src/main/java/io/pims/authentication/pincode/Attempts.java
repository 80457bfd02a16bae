package io.pims.authentication.pincode;

import io.pims.authentication.database.Patience;
import io.pims.authentication.message.ApiException;
import io.pims.authentication.transaction.Deadline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/**
 * Lets attempts at codes and PINs go on in this replica: those on one user one after the other, so that one driver takes one
 * connection to the database and one place among the hashes, over however many connections he comes. The hashes are then
 * computed for one user after the other. Between replicas, {@link io.pims.authentication.ratelimit.AttemptLimits} bound it.
 */
@ApplicationScoped
public class Attempts {

    /** So many waiting ones of all users as nobody needs, in some hundred bytes each. */
    private static final int MOST_WAITING = 1_000;

    private final Patience patience;
    private final Turns users;
    private final Turns backends;

    Attempts(PinCodeConfig config, Patience patience) {
        this.patience = patience;
        this.users = new Turns(1, config.waitingPerUser(), MOST_WAITING);
        // Half of the places among the hashes are left to drivers.
        this.backends = new Turns(Math.max(1, config.hashQueue() / 2), MOST_WAITING, MOST_WAITING);
    }

    /**
     * Lets a driver make an attempt.
     *
     * @param attempt is told until when its hashes may wait
     * @return fails with {@link ApiException} 429 or 503 if too many wait, 503 if its turn does not come in time
     */
    public <T> Uni<T> ofDriver(String user, Function<Deadline, Uni<T>> attempt) {
        return Uni.createFrom().deferred(() -> ofUser(user, Deadline.in(patience.left()), attempt));
    }

    /** Lets a backend try a user's PIN, in the same way. */
    <T> Uni<T> ofBackend(String backend, String user, Function<Deadline, Uni<T>> attempt) {
        return Uni.createFrom().deferred(() -> {
            Deadline deadline = Deadline.in(patience.left());
            return backends.take(backend, deadline, () -> ofUser(user, deadline, attempt));
        });
    }

    private <T> Uni<T> ofUser(String user, Deadline deadline, Function<Deadline, Uni<T>> attempt) {
        return users.take(user, deadline, () -> attempt.apply(deadline));
    }
}
