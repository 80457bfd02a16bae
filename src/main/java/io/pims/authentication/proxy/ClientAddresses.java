package io.pims.authentication.proxy;

import io.pims.authentication.configuration.WrongSetting;
import io.pims.authentication.http.guard.SecurityHeaders;
import io.pims.authentication.input.ListHeader;
import io.quarkus.runtime.Startup;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What trusted proxies tell of a request. Not left to Quarkus: it takes the leftmost address, which is the client's to
 * write, and fails at what is none.
 */
@Startup
@ApplicationScoped
public class ClientAddresses {

    private static final String BY_QUARKUS = "quarkus.http.proxy.proxy-address-forwarding";
    private static final String PROTOCOL = "X-Forwarded-Proto";
    private static final String HTTPS = "https";
    /** Before whatever may answer. */
    private static final int FIRST = 9_500;

    private final ForwardingHeader header;
    private final TrustedProxies proxies;

    /** @throws WrongSetting if Quarkus is to read the headers too: it would put its reading in the place of the peer */
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

    /** What stands for the client: his IPv4 address, or his network of IPv6; empty if nobody who is trusted knows it. */
    public Optional<String> clientOf(HttpServerRequest request) {
        return peer(request)
                .flatMap(peer -> proxies.client(peer, request.headers().getAll(header.headerName())))
                .map(IpAddress::client);
    }

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    if (isEncryptedBefore(context.request())) {
                        SecurityHeaders.overTls(context);
                    }
                    context.next();
                },
                FIRST);
    }

    /** Whether a proxy that is trusted says so. Who lies to it lies about his own connection. */
    private boolean isEncryptedBefore(HttpServerRequest request) {
        return peer(request).filter(proxies::trust).isPresent()
                && (header == ForwardingHeader.FORWARDED
                        ? ListHeader.elements(request.headers().getAll(header.headerName())).stream()
                                .flatMap(element -> ForwardingHeader.parameter(element, "proto").stream())
                                .anyMatch(HTTPS::equalsIgnoreCase)
                        : ListHeader.elements(request.headers().getAll(PROTOCOL)).stream()
                                .anyMatch(HTTPS::equalsIgnoreCase));
    }

    /** Empty where there is no address, as over a socket of the file system. */
    private static Optional<IpAddress> peer(HttpServerRequest request) {
        return Optional.ofNullable(request.remoteAddress())
                .map(SocketAddress::hostAddress)
                .map(address -> address.split("%", 2)[0])
                .flatMap(IpAddress::of);
    }
}
