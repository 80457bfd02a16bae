package io.pims.authentication.database;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clock of all deadlines, limits and codes, however wrong a replica's own is. */
public final class DatabaseTime {

    private DatabaseTime() {}

    /** Returns the time at which the current SQL transaction began. */
    public static Uni<Instant> now() {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery(
                                "SELECT CAST(extract(epoch FROM now()) * 1000000 AS bigint)", Long.class)
                        .getSingleResult())
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }
}
