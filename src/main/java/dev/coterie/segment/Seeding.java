package dev.coterie.segment;

import java.util.Arrays;
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
        double[] nearest = new double[points.n()];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        double[][] seeds = new double[k][];
        int first = random.nextInt(points.n());
        seeds[0] = row(points, first);
        double potential = shrink(points, nearest, first, nearest);
        for (int s = 1; s < k; s++) {
            double bestPotential = Double.POSITIVE_INFINITY;
            double[] bestNearest = nearest;
            int best = 0;
            for (int t = 0; t < trials; t++) {
                int candidate = draw(nearest, potential, random);
                double[] after = new double[nearest.length];
                double candidatePotential = shrink(points, nearest, candidate, after);
                if (candidatePotential < bestPotential) {
                    bestPotential = candidatePotential;
                    bestNearest = after;
                    best = candidate;
                }
            }
            seeds[s] = row(points, best);
            nearest = bestNearest;
            potential = bestPotential;
        }
        return seeds;
    }

    /** Writes the distances to the nearest seed after adding one, and returns their sum. */
    private static double shrink(Points points, double[] nearest, int seed, double[] after) {
        double sum = 0;
        for (int i = 0; i < nearest.length; i++) {
            after[i] = Math.min(nearest[i], points.squaredDistance(i, seed));
            sum += after[i];
        }
        return sum;
    }

    private static int draw(double[] weights, double total, SplittableRandom random) {
        double target = random.nextDouble() * total;
        for (int i = 0; i < weights.length; i++) {
            target -= weights[i];
            if (target < 0) return i;
        }
        return random.nextInt(weights.length); // all weights are 0: every row is a seed already
    }

    private static double[] row(Points points, int i) {
        return Arrays.copyOfRange(points.rows(), i * points.d(), (i + 1) * points.d());
    }
}
