package io.pims.authentication.readiness;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The part of this process in bringing the schema up to date. */
@ConfigMapping(prefix = "pims.migration")
public interface MigrationConfig {

    /**
     * Where all replicas migrate, nothing else has to be set up. Where one job does it before them, a migration that
     * fails is seen there and touches no replica.
     */
    @WithDefault("migrate")
    Mode mode();

    enum Mode {
        /** Migrates, under Flyway's lock, and then takes requests. */
        MIGRATE,
        /** Takes requests as soon as somebody else has brought the schema to this build's version. */
        WAIT,
        /** Migrates and ends: 0 if the schema is up to date, 1 if another build had made a different one. */
        ONLY
    }
}
