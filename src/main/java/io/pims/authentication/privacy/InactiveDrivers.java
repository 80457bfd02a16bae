package io.pims.authentication.privacy;

import static java.util.stream.Collectors.toSet;

import io.pims.authentication.database.Database;
import io.pims.authentication.database.JobTurns;
import io.pims.authentication.database.JobTurns.Next;
import io.pims.authentication.database.Outage;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.personaldata.PersonalData;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Erases drivers who are not heard of any more. Walks once a day over the users who have a number or a PIN, a page at a time,
 * on one replica at a time; each driver is erased in a SQL transaction of the own.
 */
@ApplicationScoped
class InactiveDrivers {

    private static final Logger LOG = Logger.getLogger(InactiveDrivers.class);

    private static final Duration BETWEEN_PAGES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WALKS = Duration.ofDays(1);

    /** Drivers that a turn erases at most. The rest of its page is the next turn's. */
    private static final int ERASED_PER_TURN = 500;

    private final Optional<Duration> inactiveAfter;
    private final JobTurns turns;
    private final Database database;
    private final DriverData data;

    InactiveDrivers(DriverRetentionConfig config, JobTurns turns, Database database, DriverData data) {
        this.inactiveAfter = config.inactiveAfter();
        this.turns = turns;
        this.database = database;
        this.data = data;
    }

    @Scheduled(every = "1s", delayed = "5m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return inactiveAfter
                .map(limit -> turns.take(WalkPosition.JOB, position -> page(position, limit))
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** @param text of a {@link WalkPosition} */
    Uni<Next> page(String text, Duration limit) {
        List<PersonalData> parts = data.parts();
        WalkPosition position = WalkPosition.of(text);
        String name = position.part().isEmpty() ? parts.get(0).name() : position.part();
        String after = position.after();
        int index = parts.stream().map(PersonalData::name).toList().indexOf(name);
        if (index < 0) {
            return Uni.createFrom().item(new Next(WalkPosition.START.text(), BETWEEN_PAGES));
        }
        return database.withConnection(connection -> parts.get(index)
                        .users(connection, after)
                        .flatMap(users -> data.active(connection, users, limit).map(active -> inactive(users, active))))
                .flatMap(page -> page.users().isEmpty()
                        ? Uni.createFrom().item(afterPart(parts, index))
                        : erase(page, limit)
                                .map(erased -> new Next(
                                        new WalkPosition(name, page.last(erased).orElse(after)).text(),
                                        BETWEEN_PAGES)));
    }

    private static Next afterPart(List<PersonalData> parts, int index) {
        return index + 1 < parts.size()
                ? new Next(new WalkPosition(parts.get(index + 1).name(), "").text(), Duration.ZERO)
                : new Next(WalkPosition.START.text(), BETWEEN_WALKS);
    }

    /**
     * A page of users.
     *
     * @param inactive the first ones of those who are
     * @param whole true if these are all of them
     */
    private record Page(List<String> users, List<String> inactive, boolean whole) {

        /**
         * Returns the last of those who were looked at and are still there, for the next page to begin after; empty if all
         * were erased. It is stored, so it must name nobody who was.
         */
        Optional<String> last(Set<String> erased) {
            int done = whole ? users.size() : users.indexOf(inactive.get(inactive.size() - 1)) + 1;
            return users.subList(0, done).stream()
                    .filter(user -> !erased.contains(user))
                    .reduce((before, user) -> user);
        }
    }

    private static Page inactive(List<String> users, Set<String> active) {
        List<String> inactive = new ArrayList<>(users);
        inactive.removeAll(active);
        return new Page(users, inactive.stream().limit(ERASED_PER_TURN).toList(), inactive.size() <= ERASED_PER_TURN);
    }

    private static boolean isInFlight(Throwable failure) {
        return failure instanceof ApiException refusal && refusal.code() == ErrorCode.TIMEOUT;
    }

    private Uni<Set<String>> erase(Page page, Duration limit) {
        return Multi.createFrom()
                .iterable(page.inactive())
                .onItem()
                .transformToUniAndConcatenate(user -> erased(user, limit))
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .with(toSet())
                .invoke(erased -> {
                    if (!erased.isEmpty()) {
                        LOG.infof("Retention erased %d drivers who were inactive", erased.size());
                    }
                });
    }

    /** Returns the user if it was erased. */
    private Uni<Optional<String>> erased(String user, Duration limit) {
        return data.eraseInactive(user, limit)
                // An SMS is in flight, so the driver is there.
                .onFailure(InactiveDrivers::isInFlight)
                .recoverWithItem(false)
                // Or the walk would stop at this one each day. Where the database is away, it goes on there later.
                .onFailure(failure -> !Outage.isBehind(failure))
                .recoverWithItem(failure -> {
                    LOG.errorf("A driver who is inactive could not be erased: %s", failure.getClass());
                    return false;
                })
                .map(erased -> erased ? Optional.of(user) : Optional.empty());
    }
}
