package io.pims.authentication.smscode;

import io.pims.authentication.input.ListHeader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time a client would wait for the outcome: {@code Prefer: wait=N}, seconds (RFC 7240, section 4.3). A preference that
 * can't be read is ignored (section 2), and the others count.
 */
final class WaitPreference {

    private static final Pattern WAIT =
            Pattern.compile("wait\\s*=\\s*(\"?)(\\d+)\\1\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private static final int MOST_DIGITS = 9;

    private WaitPreference() {}

    /** Returns the wait, cut to the longest one. If there are several, the first counts. */
    static Optional<Duration> of(List<String> preferHeaders, Duration longest) {
        return ListHeader.elements(preferHeaders).stream()
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(wait -> atMost(longest, wait.group(2)));
    }

    /** Some clients send a number beyond all bounds, to say: as long as possible. */
    private static Duration atMost(Duration longest, String seconds) {
        if (seconds.length() > MOST_DIGITS) {
            return longest;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
        return asked.compareTo(longest) > 0 ? longest : asked;
    }
}
