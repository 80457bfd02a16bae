package io.pims.authentication.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** The proxies between the clients and the service, and how they tell from where a request came. */
@ConfigMapping(prefix = "pims.proxy")
public interface ProxyConfig {

    /**
     * Networks of the proxies whose word counts, each an address or a CIDR block. All proxies on the way belong here:
     * the client is the first address from the right that is in none of these networks. With one too many, a client in
     * it names its own address; with one too few, all drivers are that proxy.
     */
    Optional<List<Network>> trusted();

    /**
     * The header that every one of them writes or appends to. The other one is not read: it may be the client's own.
     */
    @WithDefault("x-forwarded-for")
    ForwardingHeader header();
}
