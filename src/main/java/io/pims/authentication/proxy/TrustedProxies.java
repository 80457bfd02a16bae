package io.pims.authentication.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the client behind the trusted proxies. Each proxy tells of the one before it alone, so the way is walked from
 * the connection's own peer to the left. It ends at the first address that is not trusted: all further left is that
 * one's word.
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
     * Returns the address of the client; empty if a trusted proxy names none, or all on the way are trusted.
     *
     * @param lines the values of all headers of the name
     */
    Optional<IpAddress> client(IpAddress peer, List<String> lines) {
        if (!trust(peer)) {
            return Optional.of(peer);
        }
        for (String element : fromTheRight(lines)) {
            Optional<IpAddress> hop = header.address(element);
            if (hop.isEmpty() || !trust(hop.get())) {
                return hop;
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the last elements of the list, the last one first. The nearest proxy wrote that one, and a quote that a
     * client never closed can't reach into it.
     */
    private static List<String> fromTheRight(List<String> lines) {
        List<String> elements = new ArrayList<>();
        for (int line = lines.size() - 1; line >= 0; line--) {
            String text = lines.get(line);
            boolean quoted = false;
            int end = text.length();
            for (int at = end - 1; at >= -1 && elements.size() < MOST_HOPS - 1; at--) {
                if (at < 0 || !quoted && text.charAt(at) == ',') {
                    String element = text.substring(at + 1, end).strip();
                    if (!element.isEmpty()) {
                        elements.add(element);
                    }
                    end = at;
                } else {
                    quoted ^= text.charAt(at) == '"';
                }
            }
        }
        return elements;
    }
}
