package io.pims.authentication.trustedphonenumber;

/**
 * The destination of an SMS, as far as its cost is concerned.
 *
 * @param country region of the number's range (ISO 3166-1 alpha-2), or {@code unknown}
 * @param prefixHash keyed hash of the number's first seven digits, calling code included; null if the prefix is not known
 */
public record Destination(String country, String prefixHash) {

    /** The destination of a number that was put on file before its country was kept. */
    public static final Destination UNKNOWN = new Destination("unknown", null);

    /** Returns the destination as it is stored. A country that is null is unknown. */
    public static Destination of(String country, String prefixHash) {
        return country == null ? UNKNOWN : new Destination(country, prefixHash);
    }

    public boolean isKnown() {
        return !country.equals(UNKNOWN.country);
    }
}
