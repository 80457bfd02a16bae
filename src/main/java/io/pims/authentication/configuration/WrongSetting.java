package io.pims.authentication.configuration;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Set;

/** Stops the start with one line that begins with the key of the setting that is wrong. */
public final class WrongSetting extends ConfigurationException {

    /**
     * @param key the setting's whole name
     * @param fault the rest of a sentence that the key begins; never a secret value
     */
    public WrongSetting(String key, String fault) {
        super(key + " " + fault, Set.of(key));
    }
}
