package dev.coterie.segment;

import java.util.SplittableRandom;

/**
 * Greedy k-means++: each next seed is the best of a few drawn in proportion to the squared
 * distance.
 */
final class Seeding {
    private Seeding() {}

    /**
     * @return k×d centroids that are rows of the data
     * @see <a href="https://theory.stanford.edu/~sergei/papers/kMeansPP-soda.pdf">Arthur and
     *     Vassilvitskii, 2007, section 2.2</a>
     */
    static double[][] plusPlus(Points points, int k, SplittableRandom random) {
        int trials = 2 + (int) Math.log(k);
        double[][] seeds = new double[k][];
        seeds[0] = points.row(random.nextInt(points.n()));
        float[] nearest = points.squaredDistances(new double[][] {seeds[0]})[0];
        double potential = sum(nearest);
        double[][] candidates = new double[trials][];
        for (int s = 1; s < k; s++) {
            for (int t = 0; t < trials; t++) {
                candidates[t] = points.row(draw(nearest, potential, random));
            }
            float[][] squares = points.squaredDistances(candidates);
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int t = 0; t < trials; t++) {
                double after = shrink(nearest, squares[t]);
                if (after < least) {
                    least = after;
                    best = t;
                }
            }
            seeds[s] = candidates[best];
            nearest = squares[best];
            potential = least;
        }
        return seeds;
    }

    /** Lowers the distances to a candidate to those to the nearest seed, and returns their sum. */
    private static double shrink(float[] nearest, float[] squares) {
        for (int i = 0; i < squares.length; i++) squares[i] = Math.min(nearest[i], squares[i]);
        return sum(squares);
    }

    private static double sum(float[] squares) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < squares.length; i += 4) {
            s0 += squares[i];
            s1 += squares[i + 1];
            s2 += squares[i + 2];
            s3 += squares[i + 3];
        }
        for (; i < squares.length; i++) s0 += squares[i];
        return (s0 + s1) + (s2 + s3);
    }

    private static int draw(float[] weights, double total, SplittableRandom random) {
        double target = random.nextDouble() * total;
        int last = -1;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] == 0) continue;
            target -= weights[i];
            if (target < 0) return i;
            last = i;
        }
        // all weights are 0: every row is a seed already; or rounding has left a rest
        return last < 0 ? random.nextInt(weights.length) : last;
    }
}
