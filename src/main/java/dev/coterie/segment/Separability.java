package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * Whether segments can be told from the features: linear discriminant analysis, fitted on four
 * fifths of a sample and asked about the last fifth, five times.
 *
 * @see <a href="https://doi.org/10.1111/j.1469-1809.1936.tb02137.x">Fisher, the use of multiple
 *     measurements in taxonomic problems, 1936</a>
 */
final class Separability {
    private static final int SAMPLE = 2000;
    private static final int FOLDS = 5;

    /** Part of the mean variance that is added to every variance within segments. */
    private static final double RIDGE = 0.01;

    private final FeatureMatrix features;
    private final int[] labels;
    private final int k;

    private Separability(FeatureMatrix features, int[] labels, int k) {
        this.features = features;
        this.labels = labels;
        this.k = k;
    }

    /**
     * @param labels segment of each row, 0..k-1
     * @param outlier rows that are left out
     * @return for each segment the share of its sampled members that are recognised; 1 for a single
     *     segment, 0 for one that the sample has no member of
     */
    static double[] of(FeatureMatrix features, int[] labels, boolean[] outlier, int k, long seed) {
        if (k == 1) return new double[] {1};
        return new Separability(features, labels, k).shares(outlier, seed);
    }

    private double[] shares(boolean[] outlier, long seed) {
        int[] inside = IntStream.range(0, labels.length).filter(i -> !outlier[i]).toArray();
        var random = new SplittableRandom(seed);
        int[] sample = ClusterCount.sample(inside.length, SAMPLE, random);
        List<List<Integer>> folds = new ArrayList<>();
        for (int f = 0; f < FOLDS; f++) folds.add(new ArrayList<>());
        // each segment is dealt out in turn, so that no fold lacks one that others have
        int[] next = new int[k];
        for (int i : sample) folds.get(next[labels[inside[i]]]++ % FOLDS).add(inside[i]);
        int[][] recognised =
                IntStream.range(0, FOLDS)
                        .parallel()
                        .mapToObj(fold -> recognised(folds, fold))
                        .toArray(int[][]::new);
        double[] shares = new double[k];
        for (int[] fold : recognised) for (int s = 0; s < k; s++) shares[s] += fold[s];
        for (int s = 0; s < k; s++) shares[s] = next[s] == 0 ? 0 : shares[s] / next[s];
        return shares;
    }

    private int[] recognised(List<List<Integer>> folds, int asked) {
        var known = new ArrayList<Integer>();
        for (int f = 0; f < FOLDS; f++) if (f != asked) known.addAll(folds.get(f));
        var discriminant = discriminant(known);
        int[] recognised = new int[k];
        for (int row : folds.get(asked)) {
            if (discriminant.of(features, row) == labels[row]) recognised[labels[row]]++;
        }
        return recognised;
    }

    /**
     * Scores that are greatest for the likeliest segment: weights · row + constant.
     *
     * @param weights segments × features
     */
    private record Discriminant(double[][] weights, double[] constants) {
        int of(FeatureMatrix features, int row) {
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int s = 0; s < weights.length; s++) {
                double score = constants[s];
                for (int j = 0; j < weights[s].length; j++) {
                    score += weights[s][j] * features.get(row, j);
                }
                if (score > most) {
                    most = score;
                    best = s;
                }
            }
            return best;
        }
    }

    private Discriminant discriminant(List<Integer> known) {
        int d = features.columns();
        double[][] means = new double[k][d];
        int[] sizes = new int[k];
        for (int row : known) {
            sizes[labels[row]]++;
            for (int j = 0; j < d; j++) means[labels[row]][j] += features.get(row, j);
        }
        for (int s = 0; s < k; s++) {
            for (int j = 0; j < d; j++) means[s][j] /= Math.max(1, sizes[s]);
        }
        double[] within = new double[d * d];
        var scatter = new Scatter(d, within);
        double[] centred = new double[d];
        for (int row : known) {
            for (int j = 0; j < d; j++) centred[j] = features.get(row, j) - means[labels[row]][j];
            scatter.add(centred, 0, 1.0 / known.size());
        }
        scatter.flush();
        var covariance = new DMatrixRMaj(d, d);
        double variance = 0;
        for (int a = 0; a < d; a++) {
            variance += within[a * d + a] / d;
            for (int b = 0; b <= a; b++) {
                covariance.set(a, b, within[a * d + b]);
                covariance.set(b, a, within[a * d + b]);
            }
        }
        for (int a = 0; a < d; a++) covariance.add(a, a, RIDGE * variance + Double.MIN_NORMAL);
        var solver = LinearSolverFactory_DDRM.chol(d);
        var weights = new DMatrixRMaj(d, k);
        var targets = new DMatrixRMaj(d, k);
        for (int s = 0; s < k; s++) for (int j = 0; j < d; j++) targets.set(j, s, means[s][j]);
        // no variance within the segments: rows are told apart by their means alone
        if (solver.setA(covariance)) solver.solve(targets, weights);
        else weights.setTo(targets);
        double[][] of = new double[k][d];
        double[] constants = new double[k];
        for (int s = 0; s < k; s++) {
            double square = 0;
            for (int j = 0; j < d; j++) {
                of[s][j] = weights.get(j, s);
                square += of[s][j] * means[s][j];
            }
            constants[s] =
                    sizes[s] == 0
                            ? Double.NEGATIVE_INFINITY
                            : Math.log((double) sizes[s] / known.size()) - 0.5 * square;
        }
        return new Discriminant(of, constants);
    }
}
