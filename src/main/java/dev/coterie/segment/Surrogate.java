package dev.coterie.segment;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * Deals the values of columns out anew so that no groups are left: each column keeps its values,
 * and the columns their rank correlations, as of one normal cloud. Figures that hang together by
 * their nature, such as orders and what was spent, would else look like groups beside columns that
 * are shuffled one by one.
 *
 * @see <a href="https://doi.org/10.1080/03610918208812265">Iman and Conover, inducing rank
 *     correlation among input variables, 1982</a>
 */
final class Surrogate {
    /**
     * Part of the correlations that is dropped, so that columns that say the same can be parted.
     */
    private static final double RIDGE = 1e-3;

    private final double[] values;
    private final int width;
    private final int[] rows;
    private final int[] columns;

    /**
     * @param values rows × width, changed in place
     * @param rows that have the columns
     */
    Surrogate(double[] values, int width, int[] rows, int[] columns) {
        this.values = values;
        this.width = width;
        this.rows = rows;
        this.columns = columns;
    }

    void draw(SplittableRandom random) {
        int n = rows.length;
        int d = columns.length;
        if (n < 2) return;
        double[][] scores = new double[d][];
        for (int j = 0; j < d; j++) scores[j] = scores(j);
        double[][] lower = lower(scores);
        double[][] drawn = new double[d][n];
        double[] normal = new double[d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                normal[j] = random.nextGaussian();
                for (int l = 0; l <= j; l++) drawn[j][i] += lower[j][l] * normal[l];
            }
        }
        for (int j = 0; j < d; j++) {
            double[] sorted = column(j);
            java.util.Arrays.sort(sorted);
            int[] order = order(drawn[j]);
            for (int r = 0; r < n; r++) values[rows[order[r]] * width + columns[j]] = sorted[r];
        }
    }

    private double[] column(int j) {
        return IntStream.of(rows).mapToDouble(i -> values[i * width + columns[j]]).toArray();
    }

    private static int[] order(double[] of) {
        return IntStream.range(0, of.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> of[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    /** Ranks from -1 to 1, equal values at their middle rank, scaled to a variance of 1. */
    private double[] scores(int j) {
        double[] of = column(j);
        int[] order = order(of);
        double[] scores = new double[of.length];
        double squares = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && of[order[to]] == of[order[from]]) to++;
            double rank = (from + to - 1) / 2.0 - (order.length - 1) / 2.0;
            for (int r = from; r < to; r++) scores[order[r]] = rank;
            squares += (to - from) * rank * rank;
            from = to;
        }
        double deviation = Math.sqrt(squares / scores.length);
        for (int i = 0; i < scores.length; i++) scores[i] /= Math.max(1e-12, deviation);
        return scores;
    }

    /** The lower triangle whose square is the correlation of the scores. */
    private static double[][] lower(double[][] scores) {
        int d = scores.length;
        var correlation = new DMatrixRMaj(d, d);
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < a; b++) {
                double sum = 0;
                for (int i = 0; i < scores[a].length; i++) sum += scores[a][i] * scores[b][i];
                double rank = sum / scores[a].length;
                // Pearson's correlation of the normal variables that have this one of ranks
                double value = (1 - RIDGE) * 2 * Math.sin(Math.PI * rank / 6);
                correlation.set(a, b, value);
                correlation.set(b, a, value);
            }
            correlation.set(a, a, 1);
        }
        double[][] lower = new double[d][d];
        for (int a = 0; a < d; a++) lower[a][a] = 1;
        var cholesky = DecompositionFactory_DDRM.chol(d, true);
        for (double ridge = RIDGE; ridge < 1; ridge *= 4) {
            var shrunk = correlation.copy();
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    if (a != b) shrunk.set(a, b, (1 - ridge) * correlation.get(a, b));
                }
            }
            if (!cholesky.decompose(shrunk)) continue;
            var found = cholesky.getT(null);
            for (int a = 0; a < d; a++) for (int b = 0; b < d; b++) lower[a][b] = found.get(a, b);
            break;
        }
        return lower;
    }
}
