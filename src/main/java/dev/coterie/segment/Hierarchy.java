package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import java.util.stream.IntStream;

/**
 * What a segmentation can be cut and edited with: fine pieces, the tree over them and the cut in
 * force.
 *
 * @param clusterStability of each fitted cluster, 0..1
 */
public record Hierarchy(MicroClusters micro, SegmentTree tree, Cut cut, double[] clusterStability) {
    /**
     * Divides fitted clusters into pieces and joins these in a tree; the cut is the clusters
     * themselves.
     *
     * @param labels cluster of each row
     */
    public static Hierarchy fit(
            FeatureMatrix features,
            int[] labels,
            double[][] centroids,
            double[] stability,
            long seed) {
        return over(MicroClusters.fit(features, labels, centroids, seed), stability);
    }

    /** Clusters that are not divided any further. */
    public static Hierarchy undivided(int[] labels, double[][] centroids, double[] stability) {
        return over(MicroClusters.whole(labels, centroids), stability);
    }

    private static Hierarchy over(MicroClusters micro, double[] stability) {
        return new Hierarchy(
                micro, SegmentTree.grow(micro), new Cut(micro.cluster()), stability.clone());
    }

    Hierarchy with(Cut other) {
        return new Hierarchy(micro, tree, other, clusterStability);
    }

    /** Fitted cluster of each customer. */
    public int[] clusters() {
        int[] of = micro.of();
        return IntStream.range(0, of.length).map(i -> micro.cluster()[of[i]]).toArray();
    }

    /** Segment of each customer by the cut alone, before anybody moved one. */
    public int[] labels() {
        int[] of = micro.of();
        return IntStream.range(0, of.length).map(i -> cut.of(of[i])).toArray();
    }

    /** The micro-clusters of a segment, ascending. */
    int[] pieces(int segment) {
        return IntStream.range(0, micro.count()).filter(p -> cut.of(p) == segment).toArray();
    }

    /** True where a segment is one or several fitted clusters as a whole. */
    boolean wholeClusters(int segment) {
        for (int p = 0; p < micro.count(); p++) {
            if (cut.of(p) == segment) continue;
            int cluster = micro.cluster()[p];
            for (int other = 0; other < micro.count(); other++) {
                boolean shared = micro.cluster()[other] == cluster && cut.of(other) == segment;
                if (shared) return false;
            }
        }
        return true;
    }
}
