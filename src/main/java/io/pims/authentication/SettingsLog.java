package io.pims.authentication;

import java.util.logging.Logger;

/**
 * Keeps values of settings out of the log. SmallRye Config tells of a setting that stands twice in a file, with the
 * first of the values, which may be a secret. A level would come too late: settings are read before there is one.
 */
final class SettingsLog {

    /** Kept here, because the JDK forgets a logger, and its filter, that nobody refers to. */
    private static final Logger LOGGER = Logger.getLogger("io.smallrye.config");

    private static final String TWICE = "SRCFG01007";

    private SettingsLog() {}

    static void shut() {
        LOGGER.setFilter(record -> !String.valueOf(record.getMessage()).contains(TWICE));
    }
}
