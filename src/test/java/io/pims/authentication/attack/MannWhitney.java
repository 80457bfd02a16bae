package io.pims.authentication.attack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The test of Mann, Whitney and Wilcoxon: whether values of two samples tend to be larger in one of them. It looks at
 * ranks alone, so that a pause of the machine counts for no more than any other slow value.
 */
public final class MannWhitney {

    private MannWhitney() {}

    /**
     * How many standard deviations the ranks are from what they would be if both samples were of one kind, by the normal
     * approximation; above 6 once in a thousand million times by chance.
     *
     * @param one at least 20 values, as in the other
     */
    public static double deviation(double[] one, double[] other) {
        List<double[]> all = new ArrayList<>();
        for (double value : one) {
            all.add(new double[] {value, 1});
        }
        for (double value : other) {
            all.add(new double[] {value, 0});
        }
        all.sort(Comparator.comparingDouble(value -> value[0]));
        double ranks = 0;
        double ties = 0;
        for (int from = 0, to; from < all.size(); from = to) {
            for (to = from; to < all.size() && all.get(to)[0] == all.get(from)[0]; to++) {}
            double count = to - from;
            ties += count * count * count - count;
            for (int i = from; i < to; i++) {
                ranks += all.get(i)[1] * ((from + to + 1) / 2.0);
            }
        }
        double n = one.length;
        double m = other.length;
        double both = n + m;
        double u = ranks - n * (n + 1) / 2;
        double variance = n * m / 12 * (both + 1 - ties / (both * (both - 1)));
        return variance == 0 ? 0 : Math.abs(u - n * m / 2) / Math.sqrt(variance);
    }
}
