package io.pims.authentication.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** The proxies between the clients and the service, and how they tell from where a request came. */
@ConfigMapping(prefix = "pims.proxy")
public interface ProxyConfig {

    /**
     * Networks (CIDR) and addresses of the proxies in front of the service: {@code install.md#behind-a-proxy}. Name all
     * of them: the client is the first address from the right that is in none. With one too few, all drivers are that
     * proxy. Name no network that has clients in it: such a client could choose its own address.
     */
    Optional<List<Network>> trusted();

    /**
     * The header that each of these proxies writes or appends to: {@code x-forwarded-for}, or {@code forwarded} (RFC
     * 7239). The other header is not read: the client may have sent it.
     */
    @WithDefault("x-forwarded-for")
    ForwardingHeader header();
}
