package io.pims.authentication.smscode;

import io.pims.authentication.input.ListHeader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a client would wait for the outcome: {@code Prefer: wait=N}, seconds (RFC 7240, section 4.3). A preference
 * that can't be read is no preference (section 2), and takes no other with it.
 */
final class WaitPreference {

    private static final Pattern WAIT =
            Pattern.compile("wait\\s*=\\s*(\"?)(\\d+)\\1\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private static final int MOST_DIGITS = 9;

    private WaitPreference() {}

    /** The wait asked for, cut to the longest one; the first counts if there are several. */
    static Optional<Duration> of(List<String> preferHeaders, Duration longest) {
        return ListHeader.elements(preferHeaders).stream()
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(wait -> atMost(longest, wait.group(2)));
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
