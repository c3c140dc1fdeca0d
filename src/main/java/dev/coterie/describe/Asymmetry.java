package dev.coterie.describe;

import dev.coterie.proof.Fact;
import dev.coterie.words.Sense;
import java.util.Arrays;

/**
 * Tells the values whose mean is typical of nobody: money, counts and times, where a few large ones
 * carry it. Of these the median is told.
 */
final class Asymmetry {
    /** How far the mean may lie from the median, in widths of the middle half. */
    private static final double LEAST = 0.2;

    /** Where one value is this common the median is that value in most groups and tells nothing. */
    private static final double MOST_ALIKE = 0.25;

    private Asymmetry() {}

    /**
     * Median or mean of a number.
     *
     * @param values NaN where missing
     */
    static Difference.Kind kind(Sense sense, Fact.Unit unit, double[] values) {
        // Scales, shares and years are bounded: no few customers can carry their mean.
        boolean bounded =
                sense == Sense.RATING || unit == Fact.Unit.SHARE || unit == Fact.Unit.YEAR;
        return !bounded && lopsided(values) ? Difference.Kind.MEDIAN : Difference.Kind.MEAN;
    }

    private static boolean lopsided(double[] values) {
        double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length == 0) return false;
        double mean = Arrays.stream(sorted).sum() / sorted.length;
        double half = quantile(sorted, 0.75) - quantile(sorted, 0.25);
        return Math.abs(mean - quantile(sorted, 0.5)) > LEAST * half && !alike(sorted);
    }

    private static boolean alike(double[] sorted) {
        int most = (int) Math.ceil(MOST_ALIKE * sorted.length);
        for (int i = most; i < sorted.length; i++) if (sorted[i] == sorted[i - most]) return true;
        return false;
    }

    /**
     * Quantile of sorted values, interpolated between its neighbours.
     *
     * @param sorted ascending, at least one
     * @param share 0..1
     * @see <a href="https://doi.org/10.2307/2684934">Hyndman and Fan, sample quantiles in
     *     statistical packages, 1996, definition 7</a>
     */
    static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
