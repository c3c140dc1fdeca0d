package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;

/**
 * Gives customers their fitted cluster with confidence: the same object labels the data set's own
 * customers and every new one. Immutable and thread-safe.
 *
 * @param model reads a customer's features
 * @param calibration what the model's probabilities are worth
 * @param centroids k×d, the means of the clusters' own customers
 * @param spread squared distance at which belonging to a piece of a cluster falls to 1/e
 */
public record SegmentAssigner(
        ClusterModel.Reader model, Calibration calibration, double[][] centroids, double spread) {
    /** The assigner of a segmentation, fitted or stored. */
    public static SegmentAssigner of(Segmentation segmentation, FeatureMatrix features) {
        double inertia = 0;
        for (double distance : segmentation.distance()) inertia += distance * distance;
        var points = new Points(features.values(), features.rows(), features.columns());
        return new SegmentAssigner(
                segmentation.model().over(features),
                segmentation.certificate().calibration(),
                segmentation.centroids(),
                PrototypeModel.spread(points, inertia));
    }

    /**
     * What customers were given, in their order.
     *
     * @param distance Euclidean distance to the centroid of the cluster
     * @param strangeness 0..1, above one half for an outlier
     * @param probabilities customers × k, each row adds up to 1
     */
    public record Assigned(
            int[] labels,
            double[] confidence,
            boolean[] outlier,
            double[] distance,
            double[] strangeness,
            double[][] probabilities) {}

    public Assigned assign(FeatureMatrix features) {
        return assigned(model.belonging(features), calibration, features, centroids);
    }

    static Assigned assigned(
            ClusterModel.Belonging belonging,
            Calibration calibration,
            FeatureMatrix features,
            double[][] centroids) {
        int[] labels = belonging.labels();
        int n = labels.length;
        double[] confidence = new double[n];
        boolean[] outlier = new boolean[n];
        double[][] probabilities = new double[n][];
        for (int i = 0; i < n; i++) {
            probabilities[i] = calibration.apply(belonging.probabilities()[i], labels[i]);
            confidence[i] = probabilities[i][labels[i]];
            outlier[i] = belonging.strangeness()[i] > 0.5;
        }
        var points = new Points(features.values(), n, features.columns());
        double[] distance = points.squares(centroids, labels);
        for (int i = 0; i < n; i++) distance[i] = Math.sqrt(distance[i]);
        return new Assigned(
                labels, confidence, outlier, distance, belonging.strangeness(), probabilities);
    }
}
