package io.pims.authentication.sms;

import io.pims.authentication.input.ListHeader;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chooses the language of an SMS (RFC 9110, 12.5.4; lookup after RFC 4647, 3.4). */
@ApplicationScoped
public class Languages {

    /** The languages that there are texts in; the drivers' countries decide the list. */
    public static final List<String> SUPPORTED = List.of(SmsConfig.LANGUAGE.split("\\|"));

    /** Java and C write {@code fr_FR} where HTTP has {@code fr-FR}. */
    private static final Pattern RANGE = Pattern.compile(
            "([A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8})*)(?:[ \\t]*;[ \\t]*[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?))?");

    private final String fallback;

    public Languages(SmsConfig config) {
        fallback = config.defaultLanguage();
    }

    /**
     * A language that a client reads. Not the JDK's {@link Locale.LanguageRange}: one malformed element spoils its
     * whole list, and it takes weights that are none.
     *
     * @param weight from 0, not at all, to 1
     */
    private record Range(String tag, double weight) {

        static Stream<Range> of(String element) {
            Matcher range = RANGE.matcher(element);
            return range.matches()
                    ? Stream.of(new Range(
                            range.group(1).replace('_', '-').toLowerCase(Locale.ROOT),
                            range.group(2) == null ? 1 : Double.parseDouble(range.group(2))))
                    : Stream.empty();
        }

        /** Returns the first subtag; the supported languages have no other. */
        String language() {
            return tag.split("-", 2)[0];
        }
    }

    /**
     * Returns the best language for the {@code Accept-Language} headers of a request; the default one if there is none.
     * A malformed element is left out. {@code *} is the default language, after all that are named.
     */
    public String negotiate(List<String> acceptLanguage) {
        List<Range> ranges =
                ListHeader.elements(acceptLanguage).stream().flatMap(Range::of).toList();
        List<String> unwanted = ranges.stream()
                .filter(range -> range.weight() == 0)
                .map(Range::tag)
                .toList();
        return ranges.stream()
                .filter(range -> range.weight() > 0)
                .sorted(Comparator.comparingDouble(Range::weight).reversed())
                .map(Range::language)
                .filter(SUPPORTED::contains)
                .filter(language -> !unwanted.contains(language))
                .findFirst()
                .orElse(fallback);
    }

    /** Returns the given language if there are texts in it, else the default one. */
    public String orFallback(String language) {
        return language != null && SUPPORTED.contains(language) ? language : fallback;
    }
}
