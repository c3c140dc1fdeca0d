package dev.coterie.predict;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a number becomes features: the value filled, clipped and standardised; one indicator a fifth
 * of the customers, so that an effect need not be a straight line; one indicator for missing.
 *
 * @param logarithm true if the value is first put on a logarithmic scale, sign kept
 * @param median fills a missing value
 * @param low values below are raised to it; on the scale of the file
 * @param mean of the filled, clipped (and logarithmic) values
 * @param deviation their standard deviation, never 0
 * @param cuts upper ends of the fifths but the last, rising; empty if there are few values
 * @param shares share of training rows in each fifth
 * @param missing share of training rows without a value
 * @param least smallest value seen
 * @param most largest value seen
 */
record NumberPart(
        FeatureName name,
        boolean logarithm,
        double median,
        double low,
        double high,
        double mean,
        double deviation,
        double[] cuts,
        double[] shares,
        double missing,
        double least,
        double most) {
    /** Weight of table features beside text: found on reviews with a table, C takes up the rest. */
    static final double WEIGHT = 0.3;

    private static final int DISTINCT_FOR_FIFTHS = 10;
    private static final double SKEWED = 2;

    /**
     * @param values one per customer, NaN where missing
     * @param rows the training rows; no other is looked at
     * @return empty if all are missing or all the same
     */
    static Optional<NumberPart> fit(FeatureName name, double[] values, int[] rows) {
        double[] known =
                Arrays.stream(rows)
                        .mapToDouble(r -> values[r])
                        .filter(v -> !Double.isNaN(v))
                        .sorted()
                        .toArray();
        double missing = 1 - (double) known.length / rows.length;
        if (known.length == 0) return Optional.empty();
        if (known[0] == known[known.length - 1] && missing == 0) return Optional.empty();
        double median = known[known.length / 2];
        double low = quantile(known, 0.005);
        double high = quantile(known, 0.995);
        // A number that is nearly always the same would be clipped to a constant.
        if (low == high) {
            low = known[0];
            high = known[known.length - 1];
        }
        boolean logarithm = skewness(known, low, high) > SKEWED;
        var raw =
                new NumberPart(
                        name,
                        logarithm,
                        median,
                        low,
                        high,
                        0,
                        1,
                        new double[0],
                        new double[0],
                        missing,
                        known[0],
                        known[known.length - 1]);
        double[] z = Arrays.stream(rows).mapToDouble(r -> raw.standard(values[r])).toArray();
        double mean = Arrays.stream(z).average().orElse(0);
        double variance = Arrays.stream(z).map(v -> (v - mean) * (v - mean)).average().orElse(0);
        double deviation = variance > 1e-24 ? Math.sqrt(variance) : 1;
        double[] cuts = cuts(known);
        double[] shares = new double[cuts.length == 0 ? 0 : cuts.length + 1];
        for (int row : rows) {
            if (!Double.isNaN(values[row]) && shares.length > 0) {
                shares[fifth(values[row], cuts)] += 1.0 / rows.length;
            }
        }
        return Optional.of(
                new NumberPart(
                        name,
                        logarithm,
                        median,
                        low,
                        high,
                        mean,
                        deviation,
                        cuts,
                        shares,
                        missing,
                        known[0],
                        known[known.length - 1]));
    }

    private static double[] cuts(double[] sorted) {
        long distinct = Arrays.stream(sorted).distinct().limit(DISTINCT_FOR_FIFTHS + 1).count();
        if (distinct <= DISTINCT_FOR_FIFTHS) return new double[0];
        return java.util.stream.DoubleStream.of(0.2, 0.4, 0.6, 0.8)
                .map(share -> quantile(sorted, share))
                .distinct()
                .filter(cut -> cut < sorted[sorted.length - 1])
                .toArray();
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private static double skewness(double[] sorted, double low, double high) {
        double[] clipped =
                Arrays.stream(sorted).map(v -> Math.min(high, Math.max(low, v))).toArray();
        double mean = Arrays.stream(clipped).average().orElse(0);
        double second = Arrays.stream(clipped).map(v -> Math.pow(v - mean, 2)).average().orElse(0);
        double third = Arrays.stream(clipped).map(v -> Math.pow(v - mean, 3)).average().orElse(0);
        return second == 0 ? 0 : Math.abs(third) / Math.pow(second, 1.5);
    }

    private static int fifth(double value, double[] cuts) {
        int fifth = 0;
        while (fifth < cuts.length && value > cuts[fifth]) fifth++;
        return fifth;
    }

    int width() {
        return 1 + shares.length + (missing > 0 ? 1 : 0);
    }

    /** Training mean of each feature; that of the standardised value is 0. */
    double[] means() {
        double[] means = new double[width()];
        for (int f = 0; f < shares.length; f++) means[1 + f] = shares[f] * WEIGHT;
        if (missing > 0) means[means.length - 1] = missing * WEIGHT;
        return means;
    }

    double standard(double value) {
        double filled = Double.isNaN(value) ? median : value;
        double clipped = Math.min(high, Math.max(low, filled));
        double scaled = logarithm ? Math.signum(clipped) * Math.log1p(Math.abs(clipped)) : clipped;
        return (scaled - mean) / deviation;
    }

    void write(double value, int offset, Sink sink) {
        sink.put(offset, standard(value) * WEIGHT);
        if (Double.isNaN(value)) {
            if (missing > 0) sink.put(offset + width() - 1, WEIGHT);
        } else if (shares.length > 0) {
            sink.put(offset + 1 + fifth(value, cuts), WEIGHT);
        }
    }

    boolean outside(double value) {
        return value < least || value > most;
    }
}
