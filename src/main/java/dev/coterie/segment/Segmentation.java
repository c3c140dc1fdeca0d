package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import dev.coterie.language.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The segments of a data set: fitted clusters, and the cut of the tree over them that is in force.
 * Segments are numbered 0..k-1 and people see them as 1..k. As fitted they are the clusters, from
 * the largest to the smallest; those that live on from an earlier run keep its numbers.
 *
 * @param k number of segments
 * @param labels segment of each customer, 0..k-1; an outlier has its nearest one
 * @param confidence of each label, 0..1
 * @param outlier true where the customer is far from every cluster and nobody placed it by hand
 * @param distance Euclidean distance of each customer to its cluster's centroid, in units of the
 *     feature matrix
 * @param centroids fitted clusters × features; {@link #segmentCentroids} has those of the segments
 * @param strangeness of each customer, 0..1; above one half for an outlier
 * @param model what the algorithm fitted: it labels new customers as it labelled these
 * @param stability for each segment the mean bootstrap Jaccard similarity, 0..1
 * @param certificate what else is known of how far each segment can be trusted
 * @param candidates the numbers of clusters that were tried
 * @param clear false if nothing speaks for groups: columns drawn anew look the same
 * @param reason why this k, in one sentence
 * @param method what found the clusters, and why that
 * @param map 2-D position of each customer
 * @param hierarchy the tree, and the cut that the segments are
 */
public record Segmentation(
        int k,
        int[] labels,
        double[] confidence,
        boolean[] outlier,
        double[] distance,
        double[][] centroids,
        double[] strangeness,
        ClusterModel model,
        double[] stability,
        Certificate certificate,
        List<Candidate> candidates,
        boolean clear,
        Message reason,
        Method method,
        MapLayout map,
        Hierarchy hierarchy) {
    public Segmentation {
        // A version without a choice of algorithms stored none.
        method = method == null ? Method.of(model) : method;
        candidates = List.copyOf(candidates);
    }

    /**
     * The same segments under other numbers; the fitted clusters keep theirs.
     *
     * @param number for each segment its new number, a permutation of 0..k-1
     */
    public Segmentation renumbered(int[] number) {
        double[] steady = new double[k];
        for (int s = 0; s < k; s++) steady[number[s]] = stability[s];
        int[] pieces = IntStream.of(hierarchy.cut().segment()).map(s -> number[s]).toArray();
        return new Segmentation(
                k,
                IntStream.of(labels).map(label -> number[label]).toArray(),
                confidence,
                outlier,
                distance,
                centroids,
                strangeness,
                model,
                steady,
                certificate.renumbered(number),
                candidates,
                clear,
                reason,
                method,
                map,
                hierarchy.with(new Cut(pieces)));
    }

    /** How far a segment can be trusted: what the lowest of its figures comes to. */
    public Certificate.Level level(int segment) {
        return certificate.level(segment, stability[segment]);
    }

    /** Members of a segment, outliers included, in the customers' order. */
    public int[] members(int segment) {
        return IntStream.range(0, labels.length).filter(i -> labels[i] == segment).toArray();
    }

    public int size(int segment) {
        int size = 0;
        for (int label : labels) if (label == segment) size++;
        return size;
    }

    /** k × features: the mean of what belongs to each segment by the cut. */
    public double[][] segmentCentroids() {
        int[] clusterOf = hierarchy.micro().cluster();
        double[][] of = new double[k][];
        for (int s = 0; s < k; s++) {
            int[] pieces = hierarchy.pieces(s);
            boolean oneCluster =
                    hierarchy.wholeClusters(s)
                            && clusterOf[pieces[0]] == clusterOf[pieces[pieces.length - 1]];
            of[s] =
                    oneCluster
                            ? centroids[clusterOf[pieces[0]]]
                            : SegmentTree.mean(hierarchy.micro(), pieces);
        }
        return of;
    }

    /**
     * The same customers under another cut, without clustering again.
     *
     * @param features what the clusters were fitted on
     * @param cut over the same micro-clusters
     * @param moved row of each customer that a person placed, with its segment under the new cut
     * @param seed of the resamples that measure the stability of parts of clusters
     * @param because why these segments
     */
    public Segmentation recut(
            FeatureMatrix features,
            Cut cut,
            Map<Integer, Integer> moved,
            long seed,
            Message because) {
        var other = hierarchy.with(cut);
        var assigner = new CutAssigner(SegmentAssigner.of(this, features), hierarchy.micro(), cut);
        var assigned = assigner.assign(features);
        moved.forEach(
                (row, segment) -> {
                    assigned.segments()[row] = segment;
                    assigned.outlier()[row] = false;
                    assigned.confidence()[row] = assigned.probabilities()[row][segment];
                });
        return new Segmentation(
                cut.segments(),
                assigned.segments(),
                assigned.confidence(),
                assigned.outlier(),
                assigned.distance(),
                centroids,
                assigned.strangeness(),
                model,
                CutStability.of(features, other, seed),
                certificate.over(
                        other,
                        Separability.of(
                                features,
                                assigned.segments(),
                                assigned.outlier(),
                                cut.segments(),
                                seed)),
                candidates,
                clear,
                because,
                method,
                map,
                other);
    }

    /**
     * The same with what it lacks, for a segmentation that an older version stored: its labels
     * stay, and new customers go to the nearest of the segments' centroids.
     */
    public Segmentation completed(FeatureMatrix features, long seed) {
        if (model != null && hierarchy != null) {
            return certificate == null ? certified(features, seed) : this;
        }
        var points = new Points(features.values(), features.rows(), features.columns());
        double[][] means = Segmenter.means(features, labels, k);
        double[] strange = new double[labels.length];
        for (int i = 0; i < strange.length; i++) strange[i] = outlier[i] ? 1 : 0;
        return new Segmentation(
                k,
                labels,
                confidence,
                outlier,
                distance,
                means,
                strange,
                PrototypeModel.fit(
                        points,
                        new KMeans.Model(means, labels, points.inertia(means, labels)),
                        Smoothing.NONE),
                stability,
                unasked(features, seed),
                candidates,
                true,
                reason,
                method,
                map,
                Hierarchy.fit(features, labels, means, stability, seed));
    }

    private Segmentation certified(FeatureMatrix features, long seed) {
        return new Segmentation(
                k,
                labels,
                confidence,
                outlier,
                distance,
                centroids,
                strangeness,
                model,
                stability,
                unasked(features, seed),
                candidates,
                clear,
                reason,
                method,
                map,
                hierarchy);
    }

    /** The certificate without what only the fit itself could say. */
    private Certificate unasked(FeatureMatrix features, long seed) {
        double[] unknown = {};
        double[] separability = Separability.of(features, labels, outlier, k, seed);
        return new Certificate(unknown, separability, unknown, Calibration.NONE);
    }

    public int outliers() {
        int count = 0;
        for (boolean o : outlier) if (o) count++;
        return count;
    }

    /**
     * One number of clusters that was looked at.
     *
     * @param evidence how much likelier, per customer in nats, these clusters make the data than
     *     one does, less the price of their parameters
     * @param silhouette mean silhouette on a sample, -1..1
     * @param stability agreement of clusterings of two halves, adjusted Rand index
     * @param separation 1 if every customer clearly belongs to one cluster, 0 if to all alike
     * @param smallest customers in the smallest cluster
     */
    public record Candidate(
            int k,
            double evidence,
            double silhouette,
            double stability,
            double separation,
            int smallest) {}

    /**
     * Positions for drawing; near means similar, the axes have no meaning.
     *
     * @param x 0..65535, one per customer
     * @param y 0..65535
     */
    public record MapLayout(int[] x, int[] y) {}
}
