package io.pims.authentication.smscode;

import io.pims.authentication.driver.Caller;
import io.pims.authentication.driver.ClientNetwork;
import io.pims.authentication.driver.Driver;
import io.pims.authentication.driver.Drivers;
import io.pims.authentication.message.RequestIds;
import io.pims.authentication.sms.Brands;
import io.pims.authentication.sms.Languages;
import io.pims.authentication.tracing.TraceParent;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Reads from a request who asks, in which language, and from where. */
@ApplicationScoped
public class Callers {

    private final Drivers drivers;
    private final Languages languages;
    private final Brands brands;
    private final NumberVault vault;
    private final RequestIds requestIds;

    Callers(Drivers drivers, Languages languages, Brands brands, NumberVault vault, RequestIds requestIds) {
        this.drivers = drivers;
        this.languages = languages;
        this.brands = brands;
        this.vault = vault;
        this.requestIds = requestIds;
    }

    public Caller of(RoutingContext context) {
        Driver driver = drivers.current();
        return new Caller(
                driver.withBrand(driver.brand().flatMap(brands::keyOf)),
                requestIds.of(context),
                languages.negotiate(context.request().headers().getAll(HttpHeaders.ACCEPT_LANGUAGE)),
                Optional.ofNullable(context.request().remoteAddress())
                        .map(address -> vault.addressHash(ClientNetwork.of(address.hostAddress()))),
                TraceParent.current());
    }
}
