package dev.coterie.segment;

import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import java.util.SplittableRandom;

/**
 * K-means by Lloyd's iterations from greedy k-means++ seeds, best of several starts.
 *
 * <p>Shapes: rows n×d, row-major; labels int[n], values 0..k-1. Units: squared Euclidean distance.
 * Cost O(n·d·k) per iteration at most, on all cores, and mostly less, since rows that cannot change
 * their cluster are not looked at. With more than twice {@link #SAMPLE} rows the starts compete on
 * a sample, and the best goes on with all rows; with fewer, every start runs on all. The same rows
 * in the same order and the same seed give the same model: partial sums are added in a fixed order,
 * whatever thread made them.
 *
 * @param clusters k, 1 ≤ k ≤ n
 * @param starts independent seedings, of which the one with the least inertia is kept
 * @see <a href="https://doi.org/10.1109/TIT.1982.1056489">Lloyd, 1982</a>
 * @see <a href="https://theory.stanford.edu/~sergei/papers/kMeansPP-soda.pdf">Arthur and
 *     Vassilvitskii, 2007</a>
 */
public record KMeans(int clusters, int starts, int maxIterations, long seed) {
    /** Rows that starts compete on, or {@link #SAMPLE_PER_CLUSTER} for each cluster if more. */
    static final int SAMPLE = 16_384;

    static final int SAMPLE_PER_CLUSTER = 128;

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
        return fit(new Points(rows, n, d));
    }

    /**
     * @throws InvalidInputException if there are fewer rows than clusters
     */
    Model fit(Points points) {
        if (points.n() < clusters) {
            throw new InvalidInputException(
                    Message.of(
                            "segment.fewer_rows_than_clusters",
                            "rows",
                            points.n(),
                            "clusters",
                            clusters));
        }
        int size = Math.max(SAMPLE, SAMPLE_PER_CLUSTER * clusters);
        if (points.n() <= 2 * size) return bestOfStarts(points);
        var random = new SplittableRandom(seed);
        var sample = points.select(ClusterCount.sample(points.n(), size, random));
        return fitFrom(points, bestOfStarts(sample).centroids());
    }

    private Model bestOfStarts(Points points) {
        Model best = null;
        for (int start = 0; start < starts; start++) {
            var random = new SplittableRandom(seed + 7919L * start);
            Model model = fitFrom(points, Seeding.plusPlus(points, clusters, random));
            if (best == null || model.inertia() < best.inertia()) best = model;
        }
        return best;
    }

    /** Lloyd's iterations from given centroids. */
    public Model fitFrom(double[] rows, int n, int d, double[][] centroids) {
        return fitFrom(new Points(rows, n, d), centroids);
    }

    /** Lloyd's iterations from given centroids. */
    Model fitFrom(Points points, double[][] start) {
        var assignment = new Assignment(points, start.length);
        double[][] centroids = start;
        for (int iteration = 0; assignment.update(centroids) > 0; iteration++) {
            if (iteration == maxIterations) break;
            centroids = assignment.means();
        }
        int[] labels = assignment.labels();
        return new Model(centroids, labels, points.inertia(centroids, labels));
    }
}
