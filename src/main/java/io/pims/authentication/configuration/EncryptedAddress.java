package io.pims.authentication.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * An address that secrets go to: nobody may listen or answer in its place. So it is {@code https}, or on this host
 * itself.
 */
public final class EncryptedAddress {

    /** RFC 6761, section 6.3; RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3. */
    private static final Pattern LOOPBACK = Pattern.compile("(?i)(.+\\.)?localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private EncryptedAddress() {}

    /**
     * @param key the setting's whole name
     * @throws WrongSetting if it is another one; does not repeat the address, as there may be a password in it
     */
    public static void require(String key, String address) {
        if (!isEncrypted(address)) {
            throw new WrongSetting(
                    key, "must be https:// and a host, or http:// to this host itself (localhost, 127.0.0.1, [::1])");
        }
    }

    private static boolean isEncrypted(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
                return false;
            }
            return "https".equalsIgnoreCase(uri.getScheme())
                    || "http".equalsIgnoreCase(uri.getScheme())
                            && LOOPBACK.matcher(uri.getHost()).matches();
        } catch (URISyntaxException none) {
            return false;
        }
    }
}
