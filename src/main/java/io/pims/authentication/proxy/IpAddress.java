package io.pims.authentication.proxy;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address. An IPv4 address that is mapped into IPv6 ({@code ::ffff:192.0.2.1}; RFC 4291, section 2.5.5.2) is that
 * IPv4 address.
 */
public final class IpAddress {

    private static final Pattern CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final int SUBSCRIBER_BYTES = 8;
    private static final HexFormat HEX = HexFormat.of();

    private static final byte[] MAPPED = HEX.parseHex("00000000000000000000ffff");
    /** SIIT, RFC 2765, section 2.1: the last 32 bits are an IPv4 address. */
    private static final byte[] TRANSLATED = HEX.parseHex("0000000000000000ffff0000");
    /** RFC 6052, section 2.1: the last 32 bits are an IPv4 address. */
    private static final byte[] NAT64 = HEX.parseHex("0064ff9b0000000000000000");
    /** RFC 8215: a network's own prefixes of NAT64, of any length. */
    private static final byte[] LOCAL_NAT64 = HEX.parseHex("0064ff9b0001");
    /** RFC 3056: the next 32 bits are the IPv4 address of the site. */
    private static final byte[] SIX_TO_FOUR = HEX.parseHex("2002");
    /** RFC 4380: the last 32 bits are the IPv4 address of the client, each bit inverted. */
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
                .map(bytes -> new IpAddress(
                        bytes.length == V6_BYTES && begins(bytes, MAPPED) ? v4(bytes, MAPPED.length) : bytes));
    }

    /**
     * Writes the last 32 bits in hexadecimal: they may be IPv4 (RFC 4291, section 2.2), which Netty reads of some only.
     */
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

    /** True if the first bits are those of another address of the same version. */
    boolean sharesBits(IpAddress other, int bits) {
        return new BigInteger(1, bytes)
                .xor(new BigInteger(1, other.bytes))
                .shiftRight(bits() - bits)
                .equals(BigInteger.ZERO);
    }

    /**
     * Returns the client that an address belongs to: an IPv4 address, or the /64 that an IPv6 subscriber has (RFC
     * 6177). An address that a translator or a tunnel made of an IPv4 address is that one. In a network's own NAT64
     * prefix nobody knows where the IPv4 address is, so each address there is a client of its own.
     */
    String client() {
        if (isV4()) {
            return NetUtil.bytesToIpAddress(bytes);
        }
        if (begins(bytes, NAT64) || begins(bytes, TRANSLATED)) {
            return NetUtil.bytesToIpAddress(v4(bytes, NAT64.length));
        }
        if (begins(bytes, SIX_TO_FOUR)) {
            return NetUtil.bytesToIpAddress(v4(bytes, SIX_TO_FOUR.length));
        }
        if (begins(bytes, TEREDO)) {
            byte[] inverted = new BigInteger(bytes).not().toByteArray();
            return NetUtil.bytesToIpAddress(v4(inverted, inverted.length - V4_BYTES));
        }
        return HEX.formatHex(begins(bytes, LOCAL_NAT64) ? bytes : Arrays.copyOf(bytes, SUBSCRIBER_BYTES));
    }

    private static boolean begins(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] v4(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, from + V4_BYTES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Tells the version alone: an address is a person's. */
    @Override
    public String toString() {
        return isV4() ? "IPv4" : "IPv6";
    }
}
