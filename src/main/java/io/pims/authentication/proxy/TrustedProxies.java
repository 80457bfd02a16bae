package io.pims.authentication.proxy;

import java.util.List;
import java.util.Optional;

/**
 * Whose word counts. Each proxy tells of the one before it alone, so that the way is walked from the connection's own peer
 * to the left, and ends at the first that is not trusted: what stands further left is what that one says of himself.
 */
final class TrustedProxies {

    private static final int MOST_HOPS = 32;

    private final List<Network> networks;
    private final ForwardingHeader header;

    TrustedProxies(List<Network> networks, ForwardingHeader header) {
        this.networks = List.copyOf(networks);
        this.header = header;
    }

    boolean trust(IpAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * The address of the client; empty if a trusted proxy names none, or all on the way are trusted.
     *
     * @param lines the values of all headers of the name
     */
    Optional<IpAddress> client(IpAddress peer, List<String> lines) {
        FromTheRight earlier = new FromTheRight(lines);
        IpAddress hop = peer;
        for (int hops = 0; hops < MOST_HOPS; hops++) {
            if (!trust(hop)) {
                return Optional.of(hop);
            }
            Optional<IpAddress> before = earlier.hasNext() ? header.address(earlier.next()) : Optional.empty();
            if (before.isEmpty()) {
                return before;
            }
            hop = before.get();
        }
        return Optional.empty();
    }
}
