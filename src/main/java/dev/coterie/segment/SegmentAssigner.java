package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Gives customers their cluster with confidence: the same object labels the data set's own
 * customers and every new one. Immutable and thread-safe.
 *
 * @param centroids k×d
 * @param outlierRadius distance per cluster beyond which a customer is an outlier
 * @param spread squared distance at which belonging halves, common to all clusters
 * @param smoothing what customers go through first
 * @param space the run's customers, towards whom they are drawn; empty without smoothing
 */
public record SegmentAssigner(
        double[][] centroids,
        double[] outlierRadius,
        double spread,
        Smoothing smoothing,
        Optional<SmoothedSpace> space) {
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
     * @param points the customers as they are
     * @param compared the same customers smoothed, which the model was fitted on
     */
    static SegmentAssigner fit(
            Points points, Points compared, KMeans.Model model, Smoothing smoothing) {
        int k = model.centroids().length;
        double[] distances = new double[points.n()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = distance(compared, i, model.centroids()[model.labels()[i]]);
        }
        double[] radius = new double[k];
        for (int c = 0; c < k; c++) {
            int cluster = c;
            radius[c] =
                    radius(
                            IntStream.range(0, distances.length)
                                    .filter(i -> model.labels()[i] == cluster)
                                    .mapToDouble(i -> distances[i])
                                    .toArray());
        }
        widen(radius, distances, model.labels());
        double spread =
                Math.max(1e-12, 2 * model.inertia() / points.n() / effectiveDimensions(points));
        return new SegmentAssigner(
                model.centroids(), radius, spread, smoothing, space(points, smoothing));
    }

    /** The assigner of a stored segmentation. */
    public static SegmentAssigner of(Segmentation segmentation, FeatureMatrix features) {
        double inertia = 0;
        for (double distance : segmentation.distance()) inertia += distance * distance;
        var points = new Points(features.values(), features.rows(), features.columns());
        double spread = Math.max(1e-12, 2 * inertia / points.n() / effectiveDimensions(points));
        return new SegmentAssigner(
                segmentation.centroids(),
                segmentation.outlierRadius(),
                spread,
                segmentation.smoothing(),
                space(points, segmentation.smoothing()));
    }

    private static Optional<SmoothedSpace> space(Points points, Smoothing smoothing) {
        return smoothing.equals(Smoothing.NONE)
                ? Optional.empty()
                : Optional.of(SmoothedSpace.over(points));
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

    /**
     * What customers were given, in their order.
     *
     * @param probabilities customers × k, each row adds up to 1
     */
    public record Assigned(
            int[] labels,
            double[] confidence,
            boolean[] outlier,
            double[] distance,
            double[][] probabilities) {}

    public Assigned assign(FeatureMatrix features) {
        int n = features.rows();
        return assign(
                space.map(s -> s.transform(features.values(), n, smoothing, Progress.NONE))
                        .orElseGet(() -> new Points(features.values(), n, features.columns())));
    }

    /** The same for customers who are smoothed already. */
    Assigned assign(Points points) {
        int n = points.n();
        int k = centroids.length;
        var assigned =
                new Assigned(
                        new int[n], new double[n], new boolean[n], new double[n], new double[n][k]);
        for (int i = 0; i < n; i++) {
            double[] distances = new double[k];
            int best = 0;
            for (int c = 0; c < k; c++) {
                distances[c] = distance(points, i, centroids[c]);
                if (distances[c] < distances[best]) best = c;
            }
            double sum = 0;
            double[] row = assigned.probabilities()[i];
            for (int c = 0; c < k; c++) {
                double behind = distances[c] * distances[c] - distances[best] * distances[best];
                row[c] = Math.exp(-behind / spread);
                sum += row[c];
            }
            for (int c = 0; c < k; c++) row[c] /= sum;
            assigned.labels()[i] = best;
            assigned.confidence()[i] = row[best];
            assigned.distance()[i] = distances[best];
            assigned.outlier()[i] = distances[best] > outlierRadius[best];
        }
        return assigned;
    }

    private static double distance(Points points, int row, double[] centroid) {
        double sum = 0;
        for (int j = 0, at = row * points.d(); j < points.d(); j++, at++) {
            double difference = points.rows()[at] - centroid[j];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
