package io.pims.authentication.support;

import io.pims.authentication.database.DatabaseTime;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;

/** The recoveries of drivers, one each. All methods need the SQL transaction around them. */
@ApplicationScoped
class Recoveries implements PanacheRepositoryBase<Recovery, String> {

    /** A driver's recovery under its lock, running or not, and the time that it is judged by. */
    record Found(Optional<Recovery> row, Instant now) {

        Optional<Recovery> running() {
            return row.filter(recovery -> recovery.runs(now));
        }
    }

    /** Finds the driver's recovery, for a change. */
    Uni<Found> lock(String user) {
        return DatabaseTime.now()
                .flatMap(now -> findById(user, LockModeType.PESSIMISTIC_WRITE)
                        .map(row -> new Found(Optional.ofNullable(row), now)));
    }

    /** Returns the driver's recovery if its end has not come. */
    Uni<Optional<Recovery>> running(String user) {
        return DatabaseTime.now()
                .flatMap(now ->
                        findById(user).map(row -> Optional.ofNullable(row).filter(recovery -> recovery.runs(now))));
    }
}
