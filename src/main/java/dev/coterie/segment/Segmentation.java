package dev.coterie.segment;

import dev.coterie.language.Message;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The clusters of a data set. Clusters are numbered 0..k-1 from the largest to the smallest, unless
 * they keep the numbers of an earlier run; people see them as segments 1..k.
 *
 * @param k number of clusters
 * @param labels cluster of each customer, 0..k-1; an outlier has its nearest one
 * @param confidence of each label, 0..1
 * @param outlier true where the customer is far from every cluster
 * @param distance Euclidean distance of each customer to its centroid, in units of the feature
 *     matrix
 * @param centroids k × features
 * @param outlierRadius for each cluster the distance beyond which a customer is an outlier
 * @param stability for each cluster the mean bootstrap Jaccard similarity, 0..1
 * @param candidates the numbers of clusters that were tried
 * @param reason why this k, in one sentence
 * @param map 2-D position of each customer
 */
public record Segmentation(
        int k,
        int[] labels,
        double[] confidence,
        boolean[] outlier,
        double[] distance,
        double[][] centroids,
        double[] outlierRadius,
        double[] stability,
        List<Candidate> candidates,
        Message reason,
        MapLayout map) {
    public Segmentation {
        candidates = List.copyOf(candidates);
    }

    /**
     * The same clusters under other numbers.
     *
     * @param number for each cluster its new number, a permutation of 0..k-1
     */
    public Segmentation renumbered(int[] number) {
        double[][] centres = new double[k][];
        double[] radius = new double[k];
        double[] steady = new double[k];
        for (int c = 0; c < k; c++) {
            centres[number[c]] = centroids[c];
            radius[number[c]] = outlierRadius[c];
            steady[number[c]] = stability[c];
        }
        return new Segmentation(
                k,
                IntStream.of(labels).map(label -> number[label]).toArray(),
                confidence,
                outlier,
                distance,
                centres,
                radius,
                steady,
                candidates,
                reason,
                map);
    }

    /** Members of a cluster, outliers included, in the customers' order. */
    public int[] members(int cluster) {
        return IntStream.range(0, labels.length).filter(i -> labels[i] == cluster).toArray();
    }

    public int size(int cluster) {
        int size = 0;
        for (int label : labels) if (label == cluster) size++;
        return size;
    }

    public int outliers() {
        int count = 0;
        for (boolean o : outlier) if (o) count++;
        return count;
    }

    /**
     * One number of clusters that was looked at.
     *
     * @param silhouette mean silhouette on a sample, -1..1
     * @param stability agreement of restarts, adjusted Rand index
     * @param smallest customers in the smallest cluster
     * @param inertia sum of squared distances to the centroids
     */
    public record Candidate(
            int k, double silhouette, double stability, int smallest, double inertia) {}

    /**
     * Positions for drawing; near means similar, the axes have no meaning.
     *
     * @param x 0..65535, one per customer
     * @param y 0..65535
     */
    public record MapLayout(int[] x, int[] y) {}
}
