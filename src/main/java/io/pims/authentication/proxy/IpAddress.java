package io.pims.authentication.proxy;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address. An IPv4 address in the form of an IPv6 one ({@code ::ffff:192.0.2.1}; RFC 4291, section 2.5.5.2) is the
 * IPv4 address that it is.
 */
public final class IpAddress {

    private static final Pattern CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final int SUBSCRIBER_BYTES = 8;
    private static final HexFormat HEX = HexFormat.of();

    private static final byte[] MAPPED = HEX.parseHex("00000000000000000000ffff");

    /** Of SIIT (RFC 2765, section 2.1), of NAT64 (RFC 6052, section 2.1): the last 32 bits are an IPv4 address. */
    private static final byte[] TRANSLATED = HEX.parseHex("0000000000000000ffff0000");

    private static final byte[] NAT64 = HEX.parseHex("0064ff9b0000000000000000");
    /** RFC 8215: a network's own prefixes of NAT64, of any length. */
    private static final byte[] LOCAL_NAT64 = HEX.parseHex("0064ff9b0001");
    /** RFC 3056: the next 32 bits are the IPv4 address of the site. */
    private static final byte[] SIX_TO_FOUR = HEX.parseHex("2002");
    /** RFC 4380: the last 32 bits are the IPv4 address of the client, each bit turned. */
    private static final byte[] TEREDO = HEX.parseHex("20010000");

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads an address without brackets, port and zone; empty if the text is none. */
    static Optional<IpAddress> of(String text) {
        if (!CHARACTERS.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(inGroups(text)))
                .map(bytes -> new IpAddress(bytes.length == V6_BYTES && begins(bytes, MAPPED) ? last(bytes) : bytes));
    }

    /** The last 32 bits of an IPv6 address may be written as IPv4 (RFC 4291, section 2.2), which Netty reads of some only. */
    private static String inGroups(String text) {
        int tail = text.lastIndexOf(':') + 1;
        byte[] v4 = tail == 0 ? null : NetUtil.createByteArrayFromIpAddressString(text.substring(tail));
        return v4 == null || v4.length != V4_BYTES
                ? text
                : text.substring(0, tail) + HEX.formatHex(v4, 0, 2) + ':' + HEX.formatHex(v4, 2, V4_BYTES);
    }

    boolean isV4() {
        return bytes.length == V4_BYTES;
    }

    int bits() {
        return bytes.length * Byte.SIZE;
    }

    /** Whether the first bits are those of another address of the same kind. */
    boolean sharesBits(IpAddress other, int bits) {
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        return Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)
                && (rest == 0 || (bytes[whole] ^ other.bytes[whole]) >> Byte.SIZE - rest == 0);
    }

    /**
     * What stands for one client among addresses: an IPv4 address, or the /64 that an IPv6 subscriber has (RFC 6177). What
     * translators and tunnels make of an IPv4 address is that one; of prefixes in which nobody knows where it is, each
     * address is a client of its own.
     */
    String client() {
        if (isV4()) {
            return NetUtil.bytesToIpAddress(bytes);
        }
        if (begins(bytes, NAT64) || begins(bytes, TRANSLATED)) {
            return NetUtil.bytesToIpAddress(last(bytes));
        }
        if (begins(bytes, SIX_TO_FOUR)) {
            return NetUtil.bytesToIpAddress(
                    Arrays.copyOfRange(bytes, SIX_TO_FOUR.length, SIX_TO_FOUR.length + V4_BYTES));
        }
        if (begins(bytes, TEREDO)) {
            return NetUtil.bytesToIpAddress(turned(last(bytes)));
        }
        return HEX.formatHex(begins(bytes, LOCAL_NAT64) ? bytes : Arrays.copyOf(bytes, SUBSCRIBER_BYTES));
    }

    private static boolean begins(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] last(byte[] bytes) {
        return Arrays.copyOfRange(bytes, V6_BYTES - V4_BYTES, V6_BYTES);
    }

    private static byte[] turned(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** An address is a person's. */
    @Override
    public String toString() {
        return isV4() ? "IPv4" : "IPv6";
    }
}
