package io.pims.authentication.performance;

import io.vertx.core.json.JsonArray;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Order statistics, and as many digits as mean something. */
public final class Figures {

    private Figures() {}

    static <T> double median(Collection<T> samples, ToDoubleFunction<T> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /**
     * The nearest-rank percentile.
     *
     * @param percent above 0, up to 100
     */
    public static double percentile(double[] samples, double percent) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(percent / 100 * sorted.length) - 1];
    }

    /** One side's rates over the other's, round by round, and the median of these ratios. */
    static String ratios(JsonArray side, JsonArray other) {
        List<Double> ratios = IntStream.range(0, side.size())
                .mapToObj(round -> side.getDouble(round) / other.getDouble(round))
                .toList();
        return "%s; median %.2f"
                .formatted(
                        ratios.stream().map("%.2f"::formatted).collect(Collectors.joining(", ")),
                        median(ratios, Double::doubleValue));
    }

    /** To three decimals below 10, two below 100, one below 1,000, none above. */
    public static double rounded(double figure) {
        double size = Math.abs(figure);
        double unit = size < 10 ? 1_000 : size < 100 ? 100 : size < 1_000 ? 10 : 1;
        return Math.round(figure * unit) / unit;
    }
}
