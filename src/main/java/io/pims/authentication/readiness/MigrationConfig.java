package io.pims.authentication.readiness;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The part of this process in bringing the schema up to date. */
@ConfigMapping(prefix = "pims.migration")
public interface MigrationConfig {

    /**
     * {@code migrate}: this process migrates the schema and then takes requests; nothing else has to be set up.
     * {@code wait}: it takes requests once another process has migrated. {@code only}: it migrates and ends. This is
     * for a job before all replicas, where a migration that fails touches none of them. The job ends with 1 if somebody
     * has to repair the schema.
     */
    @WithDefault("migrate")
    Mode mode();

    enum Mode {
        /** Migrates, under Flyway's lock, and then takes requests. */
        MIGRATE,
        /** Takes requests as soon as somebody else has brought the schema to this build's version. */
        WAIT,
        /** Migrates and ends: with 0 if the schema is up to date, with 1 if somebody has to repair it. */
        ONLY
    }
}
