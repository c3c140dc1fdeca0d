package dev.coterie.segment;

import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * K-means by Lloyd's iterations from greedy k-means++ seeds, best of several starts.
 *
 * <p>Shapes: rows n×d, row-major; labels int[n], values 0..k-1. Units: squared Euclidean distance.
 * Cost O(n·d·k) per iteration, on all cores. The same rows in the same order and the same seed give
 * the same model: partial sums are added in a fixed order, whatever thread made them.
 *
 * @param clusters k, 1 ≤ k ≤ n
 * @param starts independent seedings, of which the one with the least inertia is kept
 * @see <a href="https://theory.stanford.edu/~sergei/papers/kMeansPP-soda.pdf">Arthur and
 *     Vassilvitskii, 2007</a>
 */
public record KMeans(int clusters, int starts, int maxIterations, long seed) {
    public KMeans {
        if (clusters < 1 || starts < 1 || maxIterations < 1) {
            throw new IllegalArgumentException("clusters, starts and iterations start at 1");
        }
    }

    /**
     * @param centroids k×d
     * @param labels nearest centroid of each row
     * @param inertia sum of squared distances to the nearest centroid
     */
    public record Model(double[][] centroids, int[] labels, double inertia) {}

    /**
     * @throws InvalidInputException if there are fewer rows than clusters
     */
    public Model fit(double[] rows, int n, int d) {
        if (n < clusters) {
            throw new InvalidInputException(
                    Message.of(
                            "segment.fewer_rows_than_clusters", "rows", n, "clusters", clusters));
        }
        var points = new Points(rows, n, d);
        Model best = null;
        for (int start = 0; start < starts; start++) {
            var random = new SplittableRandom(seed + 7919L * start);
            Model model = lloyd(points, Seeding.plusPlus(points, clusters, random));
            if (best == null || model.inertia() < best.inertia()) best = model;
        }
        return best;
    }

    /** Lloyd's iterations from given centroids. */
    public Model fitFrom(double[] rows, int n, int d, double[][] centroids) {
        return lloyd(new Points(rows, n, d), centroids);
    }

    private Model lloyd(Points points, double[][] start) {
        double[][] centroids = start;
        int[] labels = new int[points.n()];
        Arrays.fill(labels, -1);
        for (int iteration = 0; iteration < maxIterations; iteration++) {
            var step = points.assign(centroids, labels);
            if (step.moved() == 0) return new Model(centroids, labels, step.inertia());
            centroids = step.means(centroids, points);
        }
        var last = points.assign(centroids, labels);
        return new Model(centroids, labels, last.inertia());
    }
}
