package io.pims.authentication.proxy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses (RFC 4632; RFC 4291, section 2.3).
 *
 * @param prefix any address in it
 * @param bits how many of its first bits are the same for all
 */
public record Network(IpAddress prefix, int bits) {

    private static final Pattern FORM = Pattern.compile("([^/]+)(?:/([0-9]{1,3}))?");

    /** Bits before an IPv4 address that is mapped into IPv6. */
    private static final int BITS_BEFORE_MAPPED = 96;

    public Network {
        if (bits < 0 || bits > prefix.bits()) {
            throw new IllegalArgumentException("A network has 0 to " + prefix.bits() + " bits, not " + bits);
        }
    }

    /** Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or an address alone; found by name by the configuration. */
    public static Network parse(CharSequence text) {
        Matcher form = FORM.matcher(text.toString().trim());
        return Optional.of(form)
                .filter(Matcher::matches)
                .flatMap(matched -> IpAddress.of(form.group(1)))
                .map(prefix -> new Network(prefix, bits(form, prefix)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "A network reads 10.0.0.0/8, 2001:db8::/32 or an address, not " + text));
    }

    private static int bits(Matcher form, IpAddress prefix) {
        boolean isMapped = form.group(1).indexOf(':') >= 0 && prefix.isV4();
        return form.group(2) == null
                ? prefix.bits()
                : Integer.parseInt(form.group(2)) - (isMapped ? BITS_BEFORE_MAPPED : 0);
    }

    boolean contains(IpAddress address) {
        return address.isV4() == prefix.isV4() && address.sharesBits(prefix, bits);
    }
}
