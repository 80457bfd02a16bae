package io.pims.authentication.sms;

import io.pims.authentication.sms.Brands.Brand;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A way to the phone.
 *
 * @param name as configured, for metrics and logs
 * @param countries that it serves (ISO 3166-1 alpha-2); empty for all
 * @param ownSender for all brands
 * @param senders for all brands, by country
 * @param sendsPerSecond calls of its provider by all replicas together; empty for no bound
 */
public record Road(
        String name,
        SmsSender sender,
        Set<String> countries,
        Optional<String> ownSender,
        Map<String, String> senders,
        Optional<Integer> sendsPerSecond) {

    /** Returns true if SMS to the country may go by it; an unknown country is none of a list. */
    public boolean serves(String country) {
        return countries.isEmpty() || countries.contains(country);
    }

    /**
     * Returns the sender shown on the phone: this road's for the country, this road's, the brand's for the country, the
     * brand's. The road's come first, because a sender is what its provider knows, and the next one may refuse it.
     */
    public Optional<String> senderOf(Brand brand, String country) {
        return Optional.ofNullable(senders.get(country))
                .or(() -> ownSender)
                .or(() -> Optional.ofNullable(brand.senders().get(country)))
                .or(brand::sender);
    }

    /** Returns true if there is a sender for each country that it serves. */
    boolean hasSenderOf(Brand brand) {
        return ownSender.isPresent()
                || brand.sender().isPresent()
                || !countries.isEmpty()
                        && countries.stream()
                                .allMatch(country -> senderOf(brand, country).isPresent());
    }
}
