package io.pims.authentication.dispatch;

import io.pims.authentication.code.SmsCodes;
import io.pims.authentication.sms.Brands;
import io.pims.authentication.sms.Brands.Brand;
import io.pims.authentication.sms.Languages;
import io.pims.authentication.sms.Road;
import io.pims.authentication.sms.Sms;
import io.pims.authentication.sms.SmsText;
import io.pims.authentication.transaction.Claim;
import io.pims.authentication.transaction.SmsOrder;
import io.pims.authentication.trustedphonenumber.NumberVault;
import io.pims.authentication.trustedphonenumber.PhoneNumber;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Makes the SMS of a claim: opens the number and derives the code. Both stay in memory only. */
@ApplicationScoped
public class SmsComposer {

    /** A notice may arrive when the phone is switched on again; a code must not arrive expired. */
    private static final Duration NOTICE_LIVES = Duration.ofDays(1);

    private final NumberVault vault;
    private final SmsCodes codes;
    private final Brands brands;
    private final Languages languages;
    private final SmsText text;

    SmsComposer(NumberVault vault, SmsCodes codes, Brands brands, Languages languages, SmsText text) {
        this.vault = vault;
        this.codes = codes;
        this.brands = brands;
        this.languages = languages;
        this.text = text;
    }

    /** Returns the country of the number (ISO 3166-1 alpha-2), or {@code unknown}. */
    String country(Claim claim) {
        return NumberVault.country(number(claim));
    }

    /** Opens the number that the SMS goes to. */
    PhoneNumber number(Claim claim) {
        SmsOrder order = claim.order();
        return vault.open(order.number(), order.user());
    }

    /**
     * @param road that it is to go by
     * @param codeLifetimeLeft how long the code lives from now; empty without a code
     */
    Sms compose(Claim claim, Road road, Optional<Duration> codeLifetimeLeft) {
        SmsOrder order = claim.order();
        PhoneNumber number = number(claim);
        String country = NumberVault.country(number);
        Brand brand = brands.of(order.brand());
        Duration timeToLive = codeLifetimeLeft.orElse(NOTICE_LIVES);
        String content = order.code()
                .map(code -> text.code(
                        order.type(), brand, order.language(), codes.derive(code.id(), code.keyId()), timeToLive))
                .orElseGet(() -> text.notice(order.type(), brand, order.language()));
        return new Sms(
                number.e164(),
                road.senderOf(brand, country).orElseThrow(),
                content,
                claim.id().toString(),
                timeToLive,
                languages.orFallback(order.language()),
                brand.key(),
                country);
    }
}
