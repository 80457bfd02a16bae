package io.pims.authentication.smscode;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a client would wait for the outcome: {@code Prefer: wait=N}, seconds (RFC 7240, section 4.3). A preference
 * that can't be read is no preference (section 2).
 */
final class WaitPreference {

    private static final Pattern WAIT =
            Pattern.compile("\\s*wait\\s*=\\s*(\"?)(\\d+)\\1\\s*(;.*)?", Pattern.CASE_INSENSITIVE);
    /** One that is not inside quotes. */
    private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*+[^\"]*$)");

    private static final int LONGEST_HEADER = 1_024;

    private static final int MOST_DIGITS = 9;

    private WaitPreference() {}

    /** The wait asked for, cut to the longest one; the first counts if there are several. */
    static Optional<Duration> of(List<String> preferHeaders, Duration longest) {
        String preferences = String.join(",", preferHeaders);
        if (preferences.length() > LONGEST_HEADER) {
            return Optional.empty();
        }
        for (String preference : COMMA.split(preferences)) {
            Matcher wait = WAIT.matcher(preference);
            if (wait.matches()) {
                return Optional.of(atMost(longest, wait.group(2)));
            }
        }
        return Optional.empty();
    }

    /** As long as you can, some clients say with a number beyond all bounds. */
    private static Duration atMost(Duration longest, String seconds) {
        if (seconds.length() > MOST_DIGITS) {
            return longest;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
        return asked.compareTo(longest) > 0 ? longest : asked;
    }
}
