package dev.coterie.segment;

import dev.coterie.features.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * Expectation-maximisation for {@link MixtureModel}.
 *
 * <p>Cost O(n·(d² + k·d)) an iteration, on all cores; sums of parts are added in a fixed order.
 * Means and shares are drawn a little towards those of everyone, and the covariance keeps a part of
 * everyone's, so that a few customers, or a column that hardly varies, cannot make the likelihood
 * run away.
 *
 * @see <a href="https://doi.org/10.1111/j.2517-6161.1977.tb01600.x">Dempster, Laird and Rubin,
 *     1977</a>
 */
final class MixtureFit {
    /** Customers' worth of everyone that each cluster's means and shares are mixed with. */
    private static final double PRIOR = 5;

    /** Part of the covariances between columns that is dropped. */
    private static final double SHRINKAGE = 0.05;

    /** Part of everyone's variance that is added to each column's within clusters. */
    private static final double FLOOR = 0.03;

    private static final double FIRST_OUTLIERS = 0.05;
    private static final double FEWEST_OUTLIERS = 0.001;
    private static final double MOST_OUTLIERS = 0.15;

    private final MixtureRows rows;
    private final MixtureData data;
    private final MixtureData.Read read;
    private final int k;
    private final Map<Block, Double> weights;
    private final Pieces pieces;

    /**
     * @param weights of the blocks' log-likelihoods
     */
    MixtureFit(MixtureRows rows, int k, Map<Block, Double> weights) {
        this.rows = rows;
        this.data = rows.data();
        this.read = rows.read();
        this.k = k;
        this.weights = weights;
        this.pieces = Pieces.of(rows.n());
    }

    /**
     * @param model the fitted mixture
     * @param likelihood mean log-likelihood of a row
     * @param responsibilities k × n, outliers' parts missing: a row may add up to less than 1
     * @param outliers n, the probability of being one
     * @param blockLikelihood mean log-likelihood of a row in each block alone; 0 if not asked for
     */
    record Fitted(
            MixtureModel model,
            double likelihood,
            double[][] responsibilities,
            double[] outliers,
            double[] blockLikelihood) {
        /** Mean entropy of a row's membership, in nats. */
        double entropy() {
            int k = model.clusters();
            double sum = 0;
            for (int i = 0; i < outliers.length; i++) {
                double inside = 0;
                for (int c = 0; c < k; c++) inside += responsibilities[c][i];
                for (int c = 0; c < k; c++) {
                    double r = responsibilities[c][i];
                    if (r > 0) sum -= r * Math.log(r / inside);
                }
            }
            return sum / outliers.length;
        }

        int[] labels() {
            int[] labels = new int[outliers.length];
            for (int c = 1; c < responsibilities.length; c++) {
                for (int i = 0; i < labels.length; i++) {
                    if (responsibilities[c][i] > responsibilities[labels[i]][i]) labels[i] = c;
                }
            }
            return labels;
        }
    }

    Fitted fromLabels(int[] labels, int iterations, double tolerance) {
        double[][] responsibilities = new double[k][rows.n()];
        for (int i = 0; i < labels.length; i++) responsibilities[labels[i]][i] = 1;
        return from(responsibilities, FIRST_OUTLIERS, iterations, tolerance);
    }

    Fitted goOn(Fitted fitted, int iterations, double tolerance) {
        double share = Math.exp(fitted.model().logOutliers());
        double[][] responsibilities =
                Arrays.stream(fitted.responsibilities())
                        .map(double[]::clone)
                        .toArray(double[][]::new);
        return from(responsibilities, share, iterations, tolerance);
    }

    /**
     * Goes on from a mixture of more clusters.
     *
     * @param crowd a mixture of the same rows
     * @param pairs of its clusters that become one each; k of them are left
     */
    Fitted joined(Fitted crowd, List<int[]> pairs, int iterations, double tolerance) {
        double[][] before = crowd.responsibilities();
        boolean[] taken = new boolean[before.length];
        var after = new ArrayList<double[]>();
        for (int[] pair : pairs) {
            double[] both = before[pair[0]].clone();
            for (int i = 0; i < both.length; i++) both[i] += before[pair[1]][i];
            after.add(both);
            taken[pair[0]] = true;
            taken[pair[1]] = true;
        }
        for (int c = 0; c < before.length; c++) if (!taken[c]) after.add(before[c].clone());
        double share = Math.exp(crowd.model().logOutliers());
        return from(after.toArray(double[][]::new), share, iterations, tolerance);
    }

    private Fitted from(
            double[][] responsibilities, double outlierShare, int iterations, double tolerance) {
        double share = outlierShare;
        Fitted fitted = null;
        for (int iteration = 0; iteration < iterations; iteration++) {
            Fitted next = expect(maximise(responsibilities, share), responsibilities, false);
            boolean settled =
                    fitted != null && Math.abs(next.likelihood() - fitted.likelihood()) < tolerance;
            fitted = next;
            if (settled) break;
            double mean = Arrays.stream(fitted.outliers()).average().orElse(0);
            share = Math.min(MOST_OUTLIERS, Math.max(FEWEST_OUTLIERS, mean));
        }
        return fitted;
    }

    /** What a model says of the rows, with the likelihood of each block alone. */
    Fitted read(MixtureModel model) {
        return expect(model, new double[k][rows.n()], true);
    }

    private Fitted expect(MixtureModel model, double[][] responsibilities, boolean perBlock) {
        double[] outliers = new double[rows.n()];
        double[][] sums = new double[pieces.count()][1 + Block.values().length];
        pieces.each(
                () -> new MixtureDensity(model, perBlock),
                (piece, density) -> {
                    int to = pieces.to(piece);
                    for (int from = pieces.from(piece); from < to; from += MixtureDensity.ROWS) {
                        int count = Math.min(MixtureDensity.ROWS, to - from);
                        density.evaluate(read, from, count);
                        expect(density, from, count, responsibilities, outliers, sums[piece]);
                    }
                });
        double[] total = new double[sums[0].length];
        for (double[] sum : sums) for (int j = 0; j < sum.length; j++) total[j] += sum[j];
        for (int j = 0; j < total.length; j++) total[j] /= rows.n();
        return new Fitted(
                model,
                total[0],
                responsibilities,
                outliers,
                Arrays.copyOfRange(total, 1, total.length));
    }

    /** Writes what some rows belong to, and adds their likelihood and blocks. */
    private void expect(
            MixtureDensity density,
            int from,
            int count,
            double[][] responsibilities,
            double[] outliers,
            double[] sum) {
        double logOutliers = density.logOutliers();
        double logInside = Math.log1p(-Math.exp(logOutliers));
        double[] belongs = new double[count];
        double[] logs = new double[count];
        density.parts(count, belongs, logs);
        for (int i = 0; i < count; i++) {
            double inside = logs[i] + logInside;
            double outside = density.outlier[i] + logOutliers;
            double most = Math.max(inside, outside);
            double all = most + Math.log(Math.exp(inside - most) + Math.exp(outside - most));
            outliers[from + i] = Math.exp(outside - all);
            belongs[i] = Math.exp(inside - all) / belongs[i];
            sum[0] += all;
            for (int b = 0; b < density.blocks.length; b++) sum[1 + b] += density.blocks[b][i];
        }
        for (int c = 0; c < k; c++) {
            multiply(density.joint[c], belongs, responsibilities[c], from, count);
        }
    }

    private static void multiply(double[] a, double[] b, double[] into, int from, int count) {
        for (int i = 0; i < count; i++) into[from + i] = a[i] * b[i];
    }

    /** How many rows belong to each cluster. */
    static double[] sizes(double[][] responsibilities) {
        double[] sizes = new double[responsibilities.length];
        for (int c = 0; c < sizes.length; c++) {
            double sum = 0;
            for (double part : responsibilities[c]) sum += part;
            sizes[c] = sum;
        }
        return sizes;
    }

    private MixtureModel maximise(double[][] responsibilities, double outlierShare) {
        double[] size = sizes(responsibilities);
        double all = Arrays.stream(size).sum();
        double[] logShares = new double[k];
        for (int c = 0; c < k; c++) logShares[c] = Math.log((size[c] + 1e-9) / (all + k * 1e-9));
        var numbers = new ArrayList<MixtureModel.NumbersPart>();
        for (int p = 0; p < data.numbers().size(); p++) numbers.add(numbers(p, responsibilities));
        var levels = new ArrayList<MixtureModel.LevelsPart>();
        for (int p = 0; p < data.levels().size(); p++) {
            levels.add(levels(p, responsibilities));
        }
        return new MixtureModel(logShares, Math.log(outlierShare), 0, numbers, levels);
    }

    private MixtureModel.NumbersPart numbers(int part, double[][] responsibilities) {
        var numbers = data.numbers().get(part);
        int d = numbers.d();
        var sums =
                ClusterSums.of(
                        read.numbers()[part],
                        read.present()[part],
                        responsibilities,
                        new ClusterSums(k, rows.squares()[part]),
                        pieces);
        double all = Math.max(1e-9, Arrays.stream(sums.weight).sum());
        double[][] means = new double[k][d];
        for (int c = 0; c < k; c++) {
            for (int j = 0; j < d; j++) means[c][j] = sums.first[c][j] / (sums.weight[c] + PRIOR);
        }
        var covariance = new DMatrixRMaj(d, d);
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                double scatter = sums.second[a * d + b];
                for (int c = 0; c < k; c++) {
                    scatter -= sums.first[c][a] * means[c][b] + means[c][a] * sums.first[c][b];
                    scatter += sums.weight[c] * means[c][a] * means[c][b];
                }
                double value = scatter / all;
                if (a == b) value += FLOOR * rows.variances()[part][a];
                else value *= 1 - SHRINKAGE;
                covariance.set(a, b, value);
                covariance.set(b, a, value);
            }
        }
        return whitened(numbers, means, covariance);
    }

    private MixtureModel.NumbersPart whitened(
            MixtureData.Numbers numbers, double[][] means, DMatrixRMaj covariance) {
        int d = numbers.d();
        double[][] lower = cholesky(covariance);
        double logDeterminant = 0;
        for (int a = 0; a < d; a++) logDeterminant += 2 * Math.log(lower[a][a]);
        double[][] whitening = inverse(lower);
        double[][] centres = new double[k][d];
        for (int c = 0; c < k; c++) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b <= a; b++) centres[c][a] += whitening[a][b] * means[c][b];
            }
        }
        return new MixtureModel.NumbersPart(
                numbers.block(),
                numbers.columns(),
                numbers.mean(),
                centres,
                whitening,
                logDeterminant,
                MixtureData.weight(weights, numbers.block()));
    }

    private static double[][] cholesky(DMatrixRMaj covariance) {
        int d = covariance.numRows;
        CholeskyDecomposition_F64<DMatrixRMaj> decomposition =
                DecompositionFactory_DDRM.chol(d, true);
        if (!decomposition.decompose(covariance.copy())) {
            throw new IllegalStateException("covariance is not positive definite");
        }
        var lower = decomposition.getT(null);
        double[][] rows = new double[d][];
        for (int a = 0; a < d; a++) {
            rows[a] = Arrays.copyOfRange(lower.data, a * d, a * d + d);
        }
        return rows;
    }

    /** The inverse of a lower triangle, by forward substitution. */
    private static double[][] inverse(double[][] lower) {
        int d = lower.length;
        double[][] inverse = new double[d][d];
        for (int column = 0; column < d; column++) {
            inverse[column][column] = 1 / lower[column][column];
            for (int a = column + 1; a < d; a++) {
                double sum = 0;
                for (int b = column; b < a; b++) sum -= lower[a][b] * inverse[b][column];
                inverse[a][column] = sum / lower[a][a];
            }
        }
        return inverse;
    }

    private MixtureModel.LevelsPart levels(int part, double[][] responsibilities) {
        MixtureData.Levels levels = data.levels().get(part);
        double[][] logs = new double[k][levels.count()];
        double[] counts = new double[4 * (1 + levels.count())];
        for (int c = 0; c < k; c++) {
            if (c % 4 == 0) {
                Arrays.fill(counts, 0);
                count(read.codes()[part], responsibilities, c, counts);
            }
            double counted = PRIOR;
            for (int l = 0; l < logs[c].length; l++) counted += counts[4 * (1 + l) + c % 4];
            for (int l = 0; l < logs[c].length; l++) {
                double own = counts[4 * (1 + l) + c % 4];
                logs[c][l] = Math.log((own + PRIOR * rows.shares()[part][l]) / counted);
            }
        }
        return new MixtureModel.LevelsPart(
                levels.block(),
                levels.columns(),
                levels.values(),
                logs,
                MixtureData.weight(weights, levels.block()));
    }

    /**
     * Adds how much of each level belongs to each of four clusters, side by side, since a sum waits
     * for itself at every step; past the last cluster it is counted again.
     *
     * @param counts (1 + levels) × 4; the first four are of rows without a level
     */
    private static void count(int[] codes, double[][] responsibilities, int from, double[] counts) {
        int last = responsibilities.length - 1;
        double[] r0 = responsibilities[from];
        double[] r1 = responsibilities[Math.min(last, from + 1)];
        double[] r2 = responsibilities[Math.min(last, from + 2)];
        double[] r3 = responsibilities[Math.min(last, from + 3)];
        for (int i = 0; i < codes.length; i++) {
            int at = 4 * (1 + codes[i]);
            counts[at] += r0[i];
            counts[at + 1] += r1[i];
            counts[at + 2] += r2[i];
            counts[at + 3] += r3[i];
        }
    }

    /** Free parameters per cluster, weighted as their blocks are. */
    static double parametersPerCluster(MixtureData data, Map<Block, Double> weights) {
        double parameters = 1;
        List<Map.Entry<Block, Integer>> counts = new ArrayList<>();
        data.numbers().forEach(p -> counts.add(Map.entry(p.block(), p.d())));
        data.levels().forEach(p -> counts.add(Map.entry(p.block(), p.count() - 1)));
        for (var count : counts) {
            parameters += count.getValue() * MixtureData.weight(weights, count.getKey());
        }
        return parameters;
    }
}
