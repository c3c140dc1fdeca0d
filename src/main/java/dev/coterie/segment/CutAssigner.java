package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;

/**
 * Gives customers their segment: the nearest fitted cluster, in it the nearest micro-cluster, and
 * then the cut in force. The run's own customers and new ones go the same way. Immutable and
 * thread-safe.
 */
public record CutAssigner(SegmentAssigner clusters, MicroClusters micro, Cut cut) {
    /**
     * @param segmentation with the cut in force
     * @param features what it was fitted on
     */
    public static CutAssigner of(Segmentation segmentation, FeatureMatrix features) {
        return new CutAssigner(
                SegmentAssigner.of(segmentation, features),
                segmentation.hierarchy().micro(),
                segmentation.hierarchy().cut());
    }

    /**
     * What customers were given, in their order.
     *
     * @param segments 0..k-1
     * @param clusters the fitted cluster of each
     * @param distance to the fitted cluster's centroid
     * @param probabilities customers × segments, each row adds up to 1
     */
    public record Assigned(
            int[] segments,
            int[] clusters,
            int[] microClusters,
            double[] confidence,
            boolean[] outlier,
            double[] distance,
            double[] strangeness,
            double[][] probabilities) {}

    public Assigned assign(FeatureMatrix features) {
        int n = features.rows();
        var inCluster = clusters.assign(features);
        var assigned =
                new Assigned(
                        new int[n],
                        inCluster.labels(),
                        new int[n],
                        new double[n],
                        inCluster.outlier(),
                        inCluster.distance(),
                        inCluster.strangeness(),
                        new double[n][cut.segments()]);
        int[] starts = micro.starts();
        boolean[] divided = divided(starts);
        for (int i = 0; i < n; i++) {
            int piece = micro.nearest(features, i, inCluster.labels()[i], starts);
            int segment = cut.of(piece);
            assigned.microClusters()[i] = piece;
            assigned.segments()[i] = segment;
            double[] row = assigned.probabilities()[i];
            belonging(features, i, inCluster.probabilities()[i], starts, divided, row);
            assigned.confidence()[i] = row[segment];
        }
        return assigned;
    }

    /**
     * A segment is as likely as its likeliest part. A cluster that several segments share gives
     * each of them its own probability, lessened by how much farther away their nearest piece is.
     */
    private void belonging(
            FeatureMatrix features,
            int row,
            double[] ofClusters,
            int[] starts,
            boolean[] divided,
            double[] out) {
        for (int c = 0; c < ofClusters.length; c++) {
            int first = cut.of(starts[c]);
            if (!divided[c]) {
                out[first] = Math.max(out[first], ofClusters[c]);
                continue;
            }
            double least = Double.POSITIVE_INFINITY;
            double[] squared = new double[starts[c + 1] - starts[c]];
            for (int p = 0; p < squared.length; p++) {
                squared[p] = micro.squaredDistance(features, row, starts[c] + p);
                least = Math.min(least, squared[p]);
            }
            for (int p = 0; p < squared.length; p++) {
                int segment = cut.of(starts[c] + p);
                double behind = Math.exp(-(squared[p] - least) / clusters.spread());
                out[segment] = Math.max(out[segment], ofClusters[c] * behind);
            }
        }
        double sum = 0;
        for (double p : out) sum += p;
        for (int s = 0; s < out.length; s++) out[s] = sum > 0 ? out[s] / sum : 1.0 / out.length;
    }

    /** For each cluster whether several segments share it. */
    private boolean[] divided(int[] starts) {
        boolean[] divided = new boolean[starts.length - 1];
        for (int c = 0; c < divided.length; c++) {
            for (int p = starts[c] + 1; p < starts[c + 1]; p++) {
                divided[c] |= cut.of(p) != cut.of(starts[c]);
            }
        }
        return divided;
    }
}
