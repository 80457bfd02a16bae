package io.pims.authentication.ratelimit;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A count of requests in a window of time.
 *
 * @param count how many, 1 to 1,000,000
 * @param window the time in which a count that is used up grows back, 1 second to 31 days
 */
public record Limit(int count, Duration window) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,7})/(\\w{1,10})");
    private static final Duration LONGEST = Duration.ofDays(31);

    public Limit {
        if (count < 1 || count > 1_000_000) {
            throw new IllegalArgumentException("A limit's count is 1 to 1000000, not " + count);
        }
        if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A limit's window is 1 second to 31 days, not " + window);
        }
    }

    /** Reads {@code 5/1h}, {@code 1/30s}, {@code 10/1d} or {@code 10/PT24H}. SmallRye Config finds it by its name. */
    public static Limit parse(CharSequence text) {
        Matcher form = FORM.matcher(text.toString().trim());
        if (!form.matches()) {
            throw new IllegalArgumentException("A limit reads count/window, such as 5/1h, not " + text);
        }
        return new Limit(Integer.parseInt(form.group(1)), DurationConverter.parseDuration(form.group(2)));
    }

    /** Returns the name that clients and metrics are told of this limit, such as {@code user-3600s}. */
    String policy(String name) {
        return name + "-" + window.toSeconds() + "s";
    }
}
