package dev.coterie.segment;

/**
 * What a model's probability of a cluster is worth: how many of the customers with that probability
 * keep the cluster when it is looked for again in resamples. For each cluster a line through knots,
 * rising.
 *
 * @param said ascending knots: probabilities of the model
 * @param kept clusters × knots: parts that kept their cluster, not falling
 * @see <a href="https://doi.org/10.1145/775047.775151">Zadrozny and Elkan, transforming classifier
 *     scores into accurate probability estimates, 2002</a>, for the isotonic regression
 */
public record Calibration(double[] said, double[][] kept) {
    /** Probabilities are worth what they say. */
    static final Calibration NONE = new Calibration(new double[0], new double[0][]);

    private static final int BINS = 20;

    /** How much likelier the likeliest cluster stays at the least. */
    private static final double AHEAD = 1e-9;

    /**
     * Customers' worth of what holds for all clusters that each cluster's own is mixed with, and of
     * probabilities worth what they say that the former is mixed with.
     */
    private static final double PRIOR = 20;

    /** Counts of one try after the other. */
    static final class Counts {
        private final double[][] n;
        private final double[][] kept;

        Counts(int clusters) {
            this.n = new double[clusters][BINS];
            this.kept = new double[clusters][BINS];
        }

        void add(int cluster, double probability, boolean stayed) {
            int bin = Math.min(BINS - 1, (int) (probability * BINS));
            n[cluster][bin]++;
            if (stayed) kept[cluster][bin]++;
        }

        void add(Counts other) {
            for (int c = 0; c < n.length; c++) {
                for (int b = 0; b < BINS; b++) {
                    n[c][b] += other.n[c][b];
                    kept[c][b] += other.kept[c][b];
                }
            }
        }

        Calibration calibration() {
            double[] middles = new double[BINS];
            double[] together = new double[BINS];
            for (int b = 0; b < BINS; b++) {
                middles[b] = (b + 0.5) / BINS;
                double all = PRIOR;
                double stayed = PRIOR * middles[b];
                for (int c = 0; c < n.length; c++) {
                    all += n[c][b];
                    stayed += kept[c][b];
                }
                together[b] = stayed / all;
            }
            double[][] worth = new double[n.length][BINS];
            for (int c = 0; c < n.length; c++) {
                double[] weight = new double[BINS];
                for (int b = 0; b < BINS; b++) {
                    weight[b] = n[c][b] + PRIOR;
                    worth[c][b] = (kept[c][b] + PRIOR * together[b]) / weight[b];
                }
                rise(worth[c], weight);
            }
            return new Calibration(middles, worth);
        }
    }

    /**
     * The nearest line that does not fall: neighbours that would are given their mean.
     *
     * @see <a href="https://doi.org/10.1214/aoms/1177728423">Ayer, Brunk, Ewing, Reid and
     *     Silverman, 1955</a>
     */
    private static void rise(double[] values, double[] weights) {
        int[] length = new int[values.length];
        double[] mean = new double[values.length];
        double[] weight = new double[values.length];
        int pools = 0;
        for (int i = 0; i < values.length; i++) {
            mean[pools] = values[i];
            weight[pools] = weights[i];
            length[pools++] = 1;
            while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
                double both = weight[pools - 2] + weight[pools - 1];
                mean[pools - 2] =
                        (mean[pools - 2] * weight[pools - 2] + mean[pools - 1] * weight[pools - 1])
                                / both;
                weight[pools - 2] = both;
                length[pools - 2] += length[--pools];
            }
        }
        int at = 0;
        for (int p = 0; p < pools; p++) {
            for (int i = 0; i < length[p]; i++) values[at++] = mean[p];
        }
    }

    /**
     * What a row's probabilities are worth. What the likeliest cluster loses goes to the others
     * alike, since resamples take customers to any of them; what it gains they give in proportion.
     * It stays the likeliest.
     */
    double[] apply(double[] probabilities, int likeliest) {
        int k = probabilities.length;
        double[] worths = probabilities.clone();
        if (said.length == 0 || k == 1) return worths;
        double top = probabilities[likeliest];
        double second = 0;
        for (int c = 0; c < k; c++) if (c != likeliest) second = Math.max(second, probabilities[c]);
        // the others are given no more than makes the second of them as likely
        double even = (top + (k - 1) * second) / k;
        double worth = Math.max(Math.min(top, even + AHEAD), worth(likeliest, top));
        for (int c = 0; c < k; c++) {
            if (c == likeliest) worths[c] = worth;
            else if (worth <= top) worths[c] += (top - worth) / (k - 1);
            else worths[c] *= (1 - worth) / (1 - top);
        }
        return worths;
    }

    private double worth(int cluster, double probability) {
        double[] x = said;
        double[] y = kept[cluster];
        if (probability <= x[0]) return y[0];
        for (int i = 1; i < x.length; i++) {
            if (probability > x[i]) continue;
            double part = (probability - x[i - 1]) / (x[i] - x[i - 1]);
            return y[i - 1] + part * (y[i] - y[i - 1]);
        }
        return y[y.length - 1];
    }
}
