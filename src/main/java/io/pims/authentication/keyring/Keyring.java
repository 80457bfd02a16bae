package io.pims.authentication.keyring;

import io.pims.authentication.configuration.WrongSetting;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secret keys by id, so that they rotate: the first one is used for what is new, all of them for what is there.
 * Each entry of the setting reads {@code id:base64}, 32 bytes a key.
 */
public final class Keyring {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final int BYTES = 32;

    private final Map<String, SecretKey> keys = new LinkedHashMap<>();

    /**
     * @param setting the configuration key of the entries; an error tells this key and the id, never a value
     * @param algorithm the JCA name of the algorithm that the keys are for
     * @throws WrongSetting if there is no key, or one that is malformed or there twice
     */
    public Keyring(String setting, List<String> entries, String algorithm) {
        for (String entry : entries) {
            int colon = entry.indexOf(':');
            if (colon < 0 || !ID.matcher(entry.substring(0, colon)).matches()) {
                throw new WrongSetting(setting, "has an entry that does not read id:base64");
            }
            String id = entry.substring(0, colon);
            byte[] key = decode(setting, id, entry.substring(colon + 1));
            if (keys.put(id, new SecretKeySpec(key, algorithm)) != null) {
                throw new WrongSetting(setting, "has the id '" + id + "' twice");
            }
        }
        if (keys.isEmpty()) {
            throw new WrongSetting(setting, "holds no key");
        }
    }

    private static byte[] decode(String setting, String id, String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.trim());
        } catch (IllegalArgumentException notBase64) {
            throw new WrongSetting(setting, "has a key that is not base64, id '" + id + "'");
        }
        if (key.length != BYTES) {
            throw new WrongSetting(setting, "needs keys of " + BYTES + " bytes; id '" + id + "' has " + key.length);
        }
        return key;
    }

    /** Returns the id of the key for what is new. */
    public String currentId() {
        return keys.keySet().iterator().next();
    }

    /** Returns all ids; the first one is that of the key for what is new. */
    public List<String> ids() {
        return List.copyOf(keys.keySet());
    }

    /** Returns the key with the given id; empty if it has been taken out of the configuration. */
    public Optional<SecretKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /**
     * Returns the key with the given id.
     *
     * @throws IllegalStateException if it has been taken out of the configuration
     */
    public SecretKey get(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("No key with the id " + id));
    }

    /** Returns the key for what is new. */
    public SecretKey current() {
        return get(currentId());
    }

    /** Returns the HMAC of a message under a key whose algorithm is one, such as {@code HmacSHA256}. */
    public static byte[] hmac(SecretKey key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
