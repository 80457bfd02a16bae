package io.pims.authentication.driver;

import io.pims.authentication.message.EncryptedAddress;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** Where the keys come from that tokens are checked by: whoever answers in its place is every driver. */
@Startup
@Singleton
final class IssuerAddress {

    /** @throws io.pims.authentication.message.WrongSetting if others can answer there */
    IssuerAddress(TokenConfig config) {
        EncryptedAddress.require("pims.token.issuer", config.issuer());
    }
}
