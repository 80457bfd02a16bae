package io.pims.authentication.driver;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;

/** What stands for one client among addresses: an IPv4 address, or the /64 that an IPv6 subscriber has (RFC 6177). */
public final class ClientNetwork {

    private static final int IPV6_BYTES = 16;
    private static final int NETWORK_BYTES = 8;

    private ClientNetwork() {}

    /** @param address an IP address as text; anything else stands for itself */
    public static String of(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes != null && bytes.length == IPV6_BYTES
                ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES))
                : address;
    }
}
