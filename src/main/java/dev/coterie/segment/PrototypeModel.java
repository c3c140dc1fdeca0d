package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import dev.coterie.progress.Progress;
import java.util.Arrays;

/**
 * Clusters by their centroids: a customer belongs to the nearest. Immutable and thread-safe.
 *
 * @param centroids k×d
 * @param radius distance per cluster beyond which a customer is an outlier
 * @param spread squared distance at which belonging falls to 1/e, common to all clusters
 * @param smoothing what customers go through before they are compared
 */
public record PrototypeModel(
        double[][] centroids, double[] radius, double spread, Smoothing smoothing)
        implements ClusterModel {
    /**
     * An outlier is farther out than the cluster's median distance plus this many robust
     * deviations.
     */
    private static final double DEVIATIONS = 3.5;

    /** A median absolute deviation is this part of a standard deviation for normal values. */
    private static final double MAD_OF_SIGMA = 0.6745;

    /** Most customers that may be called outliers. */
    private static final double MOST_OUTLIERS = 0.15;

    /**
     * @param points the rows as they were clustered, smoothed
     */
    static PrototypeModel fit(Points points, KMeans.Model model, Smoothing smoothing) {
        int k = model.centroids().length;
        double[] distances = points.squares(model.centroids(), model.labels());
        for (int i = 0; i < distances.length; i++) distances[i] = Math.sqrt(distances[i]);
        double[][] byCluster = new double[k][];
        int[] sizes = new int[k];
        for (int label : model.labels()) sizes[label]++;
        for (int c = 0; c < k; c++) byCluster[c] = new double[sizes[c]];
        int[] at = new int[k];
        for (int i = 0; i < distances.length; i++) {
            int c = model.labels()[i];
            byCluster[c][at[c]++] = distances[i];
        }
        double[] radius = Arrays.stream(byCluster).mapToDouble(PrototypeModel::radius).toArray();
        widen(radius, distances, model.labels());
        return new PrototypeModel(
                model.centroids(), radius, spread(points, model.inertia()), smoothing);
    }

    /**
     * The squared distance at which belonging falls to 1/e, as if the strongest directions were all
     * there are.
     *
     * @param inertia sum of squared distances to the own centroids
     */
    static double spread(Points points, double inertia) {
        return Math.max(1e-12, 2 * inertia / points.n() / effectiveDimensions(points));
    }

    private static double radius(double[] distances) {
        if (distances.length == 0) return Double.MAX_VALUE;
        double median = median(distances);
        double[] deviations = Arrays.stream(distances).map(v -> Math.abs(v - median)).toArray();
        return median + DEVIATIONS * Math.max(median(deviations) / MAD_OF_SIGMA, 1e-9);
    }

    /** Widens all radii alike until no more than the allowed share lies outside. */
    private static void widen(double[] radius, double[] distances, int[] labels) {
        double[] excess = new double[distances.length];
        for (int i = 0; i < excess.length; i++) excess[i] = distances[i] / radius[labels[i]];
        Arrays.sort(excess);
        double allowed = excess[(int) ((1 - MOST_OUTLIERS) * (excess.length - 1))];
        if (allowed > 1) for (int c = 0; c < radius.length; c++) radius[c] *= allowed;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** How many equally strong directions would carry the same variances: (Σv)² / Σv². */
    private static double effectiveDimensions(Points points) {
        double[] mean = new double[points.d()];
        double[] squares = new double[points.d()];
        for (int i = 0; i < points.n(); i++) {
            for (int j = 0; j < points.d(); j++) {
                double value = points.rows()[i * points.d() + j];
                mean[j] += value;
                squares[j] += value * value;
            }
        }
        double sum = 0;
        double sumOfSquares = 0;
        for (int j = 0; j < points.d(); j++) {
            double m = mean[j] / points.n();
            double variance = Math.max(0, squares[j] / points.n() - m * m);
            sum += variance;
            sumOfSquares += variance * variance;
        }
        return sumOfSquares == 0 ? 1 : sum * sum / sumOfSquares;
    }

    @Override
    public int clusters() {
        return centroids.length;
    }

    @Override
    public Reader over(FeatureMatrix own) {
        if (smoothing.equals(Smoothing.NONE)) return rows -> belonging(points(rows));
        var space = SmoothedSpace.over(points(own));
        return rows ->
                belonging(space.transform(rows.values(), rows.rows(), smoothing, Progress.NONE));
    }

    private static Points points(FeatureMatrix features) {
        return new Points(features.values(), features.rows(), features.columns());
    }

    private Belonging belonging(Points points) {
        int n = points.n();
        int k = centroids.length;
        var belonging = new Belonging(new double[n][k], new double[n]);
        var pieces = points.pieces();
        pieces.each(
                () -> new double[k],
                (piece, squares) -> {
                    for (int i = pieces.from(piece); i < pieces.to(piece); i++) {
                        one(points, i, squares, belonging);
                    }
                });
        return belonging;
    }

    private void one(Points points, int row, double[] squares, Belonging belonging) {
        int best = 0;
        for (int c = 0; c < squares.length; c++) {
            squares[c] = points.squaredDistance(row, centroids[c]);
            if (squares[c] < squares[best]) best = c;
        }
        double sum = 0;
        double[] of = belonging.probabilities()[row];
        for (int c = 0; c < squares.length; c++) {
            of[c] = Math.exp(-(squares[c] - squares[best]) / spread);
            sum += of[c];
        }
        for (int c = 0; c < squares.length; c++) of[c] /= sum;
        double distance = Math.sqrt(squares[best]);
        belonging.strangeness()[row] = distance == 0 ? 0 : distance / (distance + radius[best]);
    }

    @Override
    public PrototypeModel ordered(int[] order) {
        return new PrototypeModel(
                Arrays.stream(order).mapToObj(c -> centroids[c]).toArray(double[][]::new),
                Arrays.stream(order).mapToDouble(c -> radius[c]).toArray(),
                spread,
                smoothing);
    }
}
