package io.pims.authentication.database;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The one time that deadlines, limits and codes are measured by, however wrong a replica's clock is. */
public final class DatabaseTime {

    private DatabaseTime() {}

    /** The time at which the SQL transaction at hand began. */
    public static Uni<Instant> now() {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(
                                "SELECT CAST(extract(epoch FROM now()) * 1000000 AS bigint)", Long.class)
                        .getSingleResult())
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }
}
