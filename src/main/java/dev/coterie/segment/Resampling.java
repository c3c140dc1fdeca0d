package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import dev.coterie.progress.Progress;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What clusters come to when they are looked for again in subsamples of four fifths.
 *
 * @param stability mean best Jaccard similarity of each cluster, 0..1
 * @param calibration what a customer's probability of its cluster is worth
 * @see <a href="https://doi.org/10.1016/j.csda.2006.11.025">Hennig, cluster-wise assessment of
 *     cluster stability, 2007</a>
 */
record Resampling(double[] stability, Calibration calibration) {
    static final int RESAMPLES = 50;
    private static final int ROWS = 1500;

    /**
     * @param belonging of all rows to the clusters
     */
    static Resampling of(
            FeatureMatrix features,
            Clusterer clusterer,
            ClusterModel.Belonging belonging,
            int k,
            long seed,
            Progress progress) {
        int size = Math.min(ROWS, Math.max(k, features.rows() * 4 / 5));
        int[] labels = belonging.labels();
        record Try(double[] best, Calibration.Counts counts) {}
        var tries =
                IntStream.range(0, RESAMPLES)
                        .parallel()
                        .mapToObj(
                                r -> {
                                    progress.checkCancelled();
                                    var random = new SplittableRandom(seed + 31L * r + 1);
                                    int[] rows = ClusterCount.sample(features.rows(), size, random);
                                    int[] again =
                                            clusterer.labelsOf(features, rows, k, seed + 101L * r);
                                    int[] before = IntStream.of(rows).map(i -> labels[i]).toArray();
                                    return new Try(
                                            Agreement.bestJaccard(before, again, k),
                                            counts(belonging, rows, before, again, k));
                                })
                        .toList();
        double[] mean = new double[k];
        var counts = new Calibration.Counts(k);
        for (Try one : tries) {
            for (int c = 0; c < k; c++) mean[c] += one.best()[c];
            counts.add(one.counts());
        }
        for (int c = 0; c < k; c++) mean[c] /= RESAMPLES;
        return new Resampling(mean, counts.calibration());
    }

    private static Calibration.Counts counts(
            ClusterModel.Belonging belonging, int[] rows, int[] before, int[] again, int k) {
        double[][] shared = new double[k][Math.max(k, 1 + IntStream.of(again).max().orElse(0))];
        for (int i = 0; i < rows.length; i++) shared[before[i]][again[i]]++;
        int[] partner = LinearAssignment.maximum(shared);
        var counts = new Calibration.Counts(k);
        for (int i = 0; i < rows.length; i++) {
            if (belonging.strangeness()[rows[i]] > 0.5) continue;
            double probability = belonging.probabilities()[rows[i]][before[i]];
            counts.add(before[i], probability, partner[before[i]] == again[i]);
        }
        return counts;
    }
}
