package dev.coterie.predict;

import dev.coterie.predict.ModelCard.NumberBaseline;
import dev.coterie.predict.ModelCard.NumberFigures;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The figures of number predictions: truth and prediction of each row. */
record NumberEvaluation(double[] truth, double[] predicted) {
    private static final int RESAMPLES = 200;

    /**
     * @param mean of the training rows, for the baseline
     */
    NumberFigures figures(double mean, long seed) {
        int n = truth.length;
        double[] errors =
                IntStream.range(0, n).mapToDouble(i -> Math.abs(truth[i] - predicted[i])).toArray();
        double[] same = new double[n];
        Arrays.fill(same, mean);
        var baseline = new NumberEvaluation(truth, same);
        var random = new SplittableRandom(seed);
        double[] drawn = new double[RESAMPLES];
        for (int b = 0; b < RESAMPLES; b++) drawn[b] = r2(random.ints(n, 0, n).toArray());
        double[] interval = Percentiles.of(drawn).middle(0.95);
        return new NumberFigures(
                r2(),
                interval[0],
                interval[1],
                rmse(),
                mae(),
                Percentiles.of(errors).at(0.9),
                new NumberBaseline(mean, baseline.r2(), baseline.rmse(), baseline.mae()));
    }

    double r2() {
        return r2(IntStream.range(0, truth.length).toArray());
    }

    /** 1 - squared error / squared distance from the mean; 0 if all values are the same. */
    private double r2(int[] rows) {
        double mean = Arrays.stream(rows).mapToDouble(r -> truth[r]).average().orElseThrow();
        double error = 0;
        double spread = 0;
        for (int row : rows) {
            error += (truth[row] - predicted[row]) * (truth[row] - predicted[row]);
            spread += (truth[row] - mean) * (truth[row] - mean);
        }
        return spread == 0 ? 0 : 1 - error / spread;
    }

    double rmse() {
        return Math.sqrt(
                IntStream.range(0, truth.length)
                        .mapToDouble(i -> (truth[i] - predicted[i]) * (truth[i] - predicted[i]))
                        .average()
                        .orElseThrow());
    }

    private double mae() {
        return IntStream.range(0, truth.length)
                .mapToDouble(i -> Math.abs(truth[i] - predicted[i]))
                .average()
                .orElseThrow();
    }
}
