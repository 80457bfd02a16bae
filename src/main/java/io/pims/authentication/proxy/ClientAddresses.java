package io.pims.authentication.proxy;

import io.pims.authentication.configuration.WrongSetting;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads what trusted proxies tell of a request. Not left to Quarkus: it takes the leftmost address, which is the
 * client's to write, and fails at a malformed one.
 */
@Startup
@ApplicationScoped
public class ClientAddresses {

    private static final String BY_QUARKUS = "quarkus.http.proxy.proxy-address-forwarding";

    private final ForwardingHeader header;
    private final TrustedProxies proxies;

    /** @throws WrongSetting if Quarkus reads the headers too: it would put its reading in the place of the peer */
    public ClientAddresses(
            ProxyConfig config, @ConfigProperty(name = BY_QUARKUS, defaultValue = "false") boolean readByQuarkus) {
        if (readByQuarkus) {
            throw new WrongSetting(
                    BY_QUARKUS,
                    "must not be set: name the proxies in pims.proxy.trusted, and their header in pims.proxy.header");
        }
        header = config.header();
        proxies = new TrustedProxies(config.trusted().orElse(List.of()), header);
    }

    /** Returns the client's IPv4 address, or its network of IPv6; empty if nobody who is trusted knows it. */
    public Optional<String> clientOf(HttpServerRequest request) {
        return peer(request)
                .flatMap(peer -> proxies.client(peer, request.headers().getAll(header.headerName())))
                .map(IpAddress::client);
    }

    /** True if a trusted proxy says that its client uses TLS. A client that lies lies about its own connection. */
    boolean isEncryptedToProxy(HttpServerRequest request) {
        return peer(request).filter(proxies::trust).isPresent()
                && header.protocols(request.headers()::getAll).anyMatch("https"::equalsIgnoreCase);
    }

    /** Returns the address at the other end; empty if there is none, as over a socket of the file system. */
    private static Optional<IpAddress> peer(HttpServerRequest request) {
        return Optional.ofNullable(request.remoteAddress())
                .map(SocketAddress::hostAddress)
                .map(address -> address.split("%", 2)[0])
                .flatMap(IpAddress::of);
    }
}
