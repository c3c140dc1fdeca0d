package dev.coterie.describe;

import dev.coterie.features.FeatureMatrix;
import java.util.function.IntPredicate;

/**
 * Multinomial logistic regression by gradient descent with momentum: a yardstick, not a product.
 */
final class SoftmaxRegression {
    private static final int STEPS = 300;
    private static final double RATE = 0.5;
    private static final double PENALTY = 1e-4;

    private final double[][] scores;

    /**
     * @param labels 0..k-1
     * @param learn rows to learn from
     */
    SoftmaxRegression(FeatureMatrix features, int[] labels, int k, IntPredicate learn) {
        int n = features.rows();
        int d = features.columns();
        double[][] x = standardised(features, learn);
        double[][] weights = new double[k][d + 1];
        double[][] speed = new double[k][d + 1];
        for (int step = 0; step < STEPS; step++) {
            double[][] gradient = new double[k][d + 1];
            int used = 0;
            for (int i = 0; i < n; i++) {
                if (!learn.test(i)) continue;
                used++;
                double[] p = probabilities(x[i], weights);
                for (int c = 0; c < k; c++) {
                    double error = p[c] - (labels[i] == c ? 1 : 0);
                    for (int j = 0; j <= d; j++) gradient[c][j] += error * x[i][j];
                }
            }
            for (int c = 0; c < k; c++) {
                for (int j = 0; j <= d; j++) {
                    double slope = gradient[c][j] / used + PENALTY * weights[c][j];
                    speed[c][j] = 0.9 * speed[c][j] - RATE * slope;
                    weights[c][j] += speed[c][j];
                }
            }
        }
        scores = new double[k][n];
        for (int i = 0; i < n; i++) {
            double[] p = probabilities(x[i], weights);
            for (int c = 0; c < k; c++) scores[c][i] = Math.log(Math.max(1e-12, p[c]));
        }
    }

    /** k × rows: log probability of each label. */
    double[][] scores() {
        return scores;
    }

    private static double[][] standardised(FeatureMatrix features, IntPredicate learn) {
        int n = features.rows();
        int d = features.columns();
        double[][] x = new double[n][d + 1];
        for (int j = 0; j < d; j++) {
            double sum = 0;
            double squares = 0;
            int used = 0;
            for (int i = 0; i < n; i++) {
                if (!learn.test(i)) continue;
                double v = features.values()[i * d + j];
                sum += v;
                squares += v * v;
                used++;
            }
            double mean = sum / used;
            double deviation = Math.sqrt(Math.max(1e-12, squares / used - mean * mean));
            for (int i = 0; i < n; i++) {
                double z = (features.values()[i * d + j] - mean) / deviation;
                x[i][j] = Math.max(-4, Math.min(4, z));
            }
        }
        for (double[] row : x) row[d] = 1;
        return x;
    }

    private static double[] probabilities(double[] x, double[][] weights) {
        double[] p = new double[weights.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < p.length; c++) {
            for (int j = 0; j < x.length; j++) p[c] += weights[c][j] * x[j];
            most = Math.max(most, p[c]);
        }
        double sum = 0;
        for (int c = 0; c < p.length; c++) sum += p[c] = Math.exp(p[c] - most);
        for (int c = 0; c < p.length; c++) p[c] /= sum;
        return p;
    }
}
