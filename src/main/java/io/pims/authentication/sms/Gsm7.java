package io.pims.authentication.sms;

import java.text.Normalizer;

/** The default alphabet of SMS, <a href="https://www.3gpp.org/dynareport/23038.htm">3GPP TS 23.038</a>, 6.2.1. */
public final class Gsm7 {

    /** Septets in an SMS that is not split. */
    public static final int SEGMENT = 160;

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Sent as an escape and a second septet. */
    private static final String EXTENSION = "\f^{}\\[~]|€";

    private Gsm7() {}

    /**
     * Returns the septets that the text takes.
     *
     * @throws IllegalArgumentException if a character is outside the alphabet; the message does not repeat the text
     */
    public static int septets(String text) {
        return text.chars().map(Gsm7::septets).sum();
    }

    /** Returns true if the text goes out as one SMS in this alphabet. */
    public static boolean fitsOneSegment(String text) {
        return text.chars().allMatch(Gsm7::contains) && septets(text) <= SEGMENT;
    }

    /**
     * Returns the text without the accents that the alphabet lacks: {@code Citroën} becomes {@code Citroen}, and
     * {@code Škoda} {@code Skoda}, while {@code Café} stays.
     *
     * @throws IllegalArgumentException if a character has no such plain form
     */
    public static String transliterate(String text) {
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(point -> {
            String character = Character.toString(point);
            if (!character.chars().allMatch(Gsm7::contains)) {
                character = Normalizer.normalize(character, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
            }
            plain.append(character);
        });
        septets(plain.toString());
        return plain.toString();
    }

    private static boolean contains(int character) {
        return BASIC.indexOf(character) >= 0 || EXTENSION.indexOf(character) >= 0;
    }

    private static int septets(int character) {
        if (!contains(character)) {
            throw new IllegalArgumentException("U+%04X is not in the GSM 7-bit alphabet".formatted(character));
        }
        return BASIC.indexOf(character) >= 0 ? 1 : 2;
    }
}
