package io.pims.authentication.privacy;

import io.pims.authentication.caller.Caller;
import io.pims.authentication.database.Database;
import io.pims.authentication.http.ApiException;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.personaldata.Kept;
import io.pims.authentication.personaldata.PersonalData;
import io.pims.authentication.securityevent.StaffEvents;
import io.pims.authentication.securityevent.StaffEvents.Deed;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * All that is kept about one driver, read or erased in one SQL transaction. An erasure goes through the parts in the order in
 * which everybody locks. It is refused as a whole while an SMS is in flight, and finds nothing the second time.
 */
@ApplicationScoped
class DriverData {

    private static final String EXPORT = "driver.export";
    private static final String ERASURE = "driver.erasure";

    private final Database database;
    private final List<PersonalData> parts;
    private final StaffEvents events;
    private final RequestIds ids;

    DriverData(Database database, @All List<PersonalData> parts, StaffEvents events, RequestIds ids) {
        this.database = database;
        this.parts =
                parts.stream().sorted(Comparator.comparing(PersonalData::order)).toList();
        this.events = events;
        this.ids = ids;
    }

    /** The rows of one part. */
    record KeptPart(String name, List<Kept> rows) {

        private static KeptPart of(PersonalData part, List<Kept> rows) {
            return new KeptPart(part.name(), rows);
        }
    }

    /** Returns what is kept, and records that it was told, unless that is nothing. */
    Uni<List<KeptPart>> export(String user, Caller caller) {
        return database.withSqlTransaction(connection -> Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(
                        part -> part.read(connection, user).map(rows -> KeptPart.of(part, rows)))
                .collect()
                .asList()
                .call(kept -> kept.stream().allMatch(part -> part.rows().isEmpty())
                        ? Uni.createFrom().voidItem()
                        : events.record(connection, exported(user, caller))));
    }

    /**
     * Erases what is kept.
     *
     * @return fails with {@link ApiException} 429, 2201 while an SMS is in flight
     */
    Uni<Void> erase(String user, Caller caller) {
        return database.withSqlTransaction(connection -> erase(connection, user, erased(user, caller)));
    }

    /**
     * Erases what is kept of a driver who has done nothing for so long.
     *
     * @return false if the driver has. Fails as {@link #erase} does
     */
    Uni<Boolean> eraseInactive(String user, Duration inactiveAfter) {
        Deed deed = new Deed(newPseudonym(), ERASURE, ids.generate(), Optional.empty(), Optional.empty());
        return database.withSqlTransaction(connection -> active(connection, List.of(user), inactiveAfter)
                .flatMap(active -> active.isEmpty()
                        ? erase(connection, user, deed).replaceWith(true)
                        : Uni.createFrom().item(false)));
    }

    /** Returns those of the users who did something within the time. */
    Uni<Set<String>> active(SqlConnection connection, Collection<String> users, Duration within) {
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(part -> part.active(connection, users, within))
                .collect()
                .in(HashSet::new, Set::addAll);
    }

    /** Returns the parts, in the order in which they are erased. */
    List<PersonalData> parts() {
        return parts;
    }

    private Uni<Void> erase(SqlConnection connection, String user, Deed deed) {
        String pseudonym = newPseudonym();
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(part -> part.erase(connection, user, pseudonym))
                .collect()
                .with(Collectors.summingInt(Integer::intValue))
                .call(() -> WalkPosition.forget(connection, user))
                .flatMap(rows -> rows == 0 ? Uni.createFrom().voidItem() : events.record(connection, deed));
    }

    private static Deed exported(String user, Caller caller) {
        return new Deed(user, EXPORT, caller.requestId(), caller.addressHash(), Optional.of(caller.user()));
    }

    /**
     * The event of an erasure has a pseudonym of its own: who knows its request does not learn the driver's events by it. Nor
     * does it name somebody who erased the own account.
     */
    private static Deed erased(String user, Caller caller) {
        return new Deed(
                newPseudonym(),
                ERASURE,
                caller.requestId(),
                caller.addressHash(),
                Optional.of(caller.user()).filter(actor -> !actor.equals(user)));
    }

    private static String newPseudonym() {
        return "erased-" + UUID.randomUUID();
    }
}
