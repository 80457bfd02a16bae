package io.pims.authentication.load;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What a run is asked for by system properties. An absent or empty one has the default that the simulation gives; anything
 * that makes no sense is a {@link BadParameter}.
 */
final class Parameters {

    private static final double HIGHEST_RATE = 5_000;
    private static final int MOST_DRIVERS = 100_000;
    private static final double LONGEST_THINKING = 10;
    private static final Duration LONGEST = Duration.ofHours(24);

    private Parameters() {}

    /** Drivers that arrive in a second, 0.1 to 5,000. */
    static double rate(double preset) {
        return number("load.rate", preset, 0.1, HIGHEST_RATE);
    }

    /** How long drivers arrive, 3 seconds to 24 hours; written as {@code 90s}, {@code 10m} or {@code 1h}. */
    static Duration duration(Duration preset) {
        String name = "load.duration";
        Optional<String> given = text(name);
        if (given.isEmpty()) {
            return preset;
        }
        Duration duration;
        try {
            duration = Duration.parse("PT" + given.get());
        } catch (DateTimeParseException e) {
            throw new BadParameter(name, "a duration such as 90s, 10m or 1h");
        }
        if (duration.compareTo(Duration.ofSeconds(3)) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new BadParameter(name, "3s to 24h");
        }
        return duration;
    }

    /** How many drivers take part in a burst, 1 to 100,000. */
    static int drivers(int preset) {
        return (int) number("load.drivers", preset, 1, MOST_DRIVERS);
    }

    /** By what the times to think are multiplied, 0 to 10. */
    static double thinking(double preset) {
        return number("load.thinking", preset, 0, LONGEST_THINKING);
    }

    static Optional<URI> url(String name) {
        return text(name).map(given -> {
            try {
                URI url = new URI(given.replaceAll("/+$", ""));
                if (url.getHost() != null
                        && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                        && url.getQuery() == null) {
                    return url;
                }
            } catch (URISyntaxException e) {
                // Told below.
            }
            throw new BadParameter(name, "a URL such as https://pims.example, without a query");
        });
    }

    static Optional<String> text(String name) {
        return Optional.ofNullable(System.getProperty(name)).map(String::strip).filter(given -> !given.isEmpty());
    }

    private static double number(String name, double preset, double least, double most) {
        double number = text(name)
                .map(given -> {
                    try {
                        return Double.valueOf(given);
                    } catch (NumberFormatException e) {
                        return Double.NaN;
                    }
                })
                .orElse(preset);
        if (!(number >= least && number <= most)) {
            throw new BadParameter(name, "a number from " + plain(least) + " to " + plain(most));
        }
        return number;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
