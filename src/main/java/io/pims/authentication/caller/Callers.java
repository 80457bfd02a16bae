package io.pims.authentication.caller;

import io.pims.authentication.driver.Driver;
import io.pims.authentication.driver.Drivers;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.proxy.ClientAddresses;
import io.pims.authentication.sms.Brands;
import io.pims.authentication.sms.Languages;
import io.pims.authentication.tracing.TraceParent;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads from a request who sent it, in which language, and from where. */
@ApplicationScoped
public class Callers {

    private final Drivers drivers;
    private final Languages languages;
    private final Brands brands;
    private final NumberVault vault;
    private final RequestIds requestIds;
    private final ClientAddresses clientAddresses;

    Callers(
            Drivers drivers,
            Languages languages,
            Brands brands,
            NumberVault vault,
            RequestIds requestIds,
            ClientAddresses clientAddresses) {
        this.drivers = drivers;
        this.languages = languages;
        this.brands = brands;
        this.vault = vault;
        this.requestIds = requestIds;
        this.clientAddresses = clientAddresses;
    }

    public Caller of(RoutingContext context) {
        Driver driver = drivers.current();
        return new Caller(
                driver.withBrand(driver.brand().flatMap(brands::keyOf)),
                requestIds.of(context),
                languages.negotiate(context.request().headers().getAll(HttpHeaders.ACCEPT_LANGUAGE)),
                clientAddresses.clientOf(context.request()).map(vault::addressHash),
                TraceParent.current());
    }
}
