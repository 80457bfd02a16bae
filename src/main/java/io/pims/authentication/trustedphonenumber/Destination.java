package io.pims.authentication.trustedphonenumber;

/**
 * Where SMS to a number go, as far as their cost is concerned.
 *
 * @param country region of the number's range (ISO 3166-1 alpha-2), or {@code unknown}
 * @param prefixHash keyed hash of the number's first seven digits, calling code included; null if it is not known
 */
public record Destination(String country, String prefixHash) {

    /** Of a number that was put on file before its country was kept. */
    public static final Destination UNKNOWN = new Destination("unknown", null);

    /** As stored; an absent country is an unknown one. */
    public static Destination of(String country, String prefixHash) {
        return country == null ? UNKNOWN : new Destination(country, prefixHash);
    }

    public boolean isKnown() {
        return !country.equals(UNKNOWN.country);
    }
}
