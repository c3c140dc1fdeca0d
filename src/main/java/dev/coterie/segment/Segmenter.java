package dev.coterie.segment;

import dev.coterie.error.InvalidInputException;
import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.language.Message;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the clusters of a data set: k-means, the choice of k, outliers, stability and a map.
 *
 * <p>Rows are expected in canonical order; then the same customers give the same segmentation
 * whatever the order of the file.
 *
 * @param clusters k, 1 to 254, or empty for the automatic choice
 */
public record Segmenter(OptionalInt clusters, long seed) {
    /** The map's binary format gives a segment one byte. */
    public static final int MOST_CLUSTERS = 254;

    private static final Logger log = LoggerFactory.getLogger(Segmenter.class);
    private static final int STARTS = 8;
    private static final int ITERATIONS = 100;
    private static final int RESAMPLES = 20;
    private static final int RESAMPLE_ROWS = 4000;

    public Segmenter {
        clusters.ifPresent(
                k -> {
                    if (k < 1 || k > MOST_CLUSTERS) {
                        throw new InvalidInputException(
                                Message.of(
                                        "segment.k_out_of_range", "k", k, "most", MOST_CLUSTERS));
                    }
                });
    }

    /**
     * @param features at least 2 rows
     * @throws InvalidInputException if k is above the number of rows
     */
    public Segmentation fit(FeatureMatrix features, Progress progress) {
        long start = System.nanoTime();
        int n = features.rows();
        int d = features.columns();
        var points = new Points(features.values(), n, d);
        if (distinctRows(points) == 1) return alike(features);
        var count = count(points, progress);
        var fit = cluster(features, points, count.k(), progress);
        KMeans.Model model = bySize(fit.model());
        var assigner = SegmentAssigner.fit(points, fit.compared(), model, fit.smoothing());
        var assigned = assigner.assign(fit.compared());
        double[] stability = stability(fit.compared(), model, progress);
        var segmentation =
                new Segmentation(
                        count.k(),
                        assigned.labels(),
                        assigned.confidence(),
                        assigned.outlier(),
                        assigned.distance(),
                        model.centroids(),
                        assigner.outlierRadius(),
                        stability,
                        count.candidates(),
                        count.reason(),
                        CustomerMap.fit(features, seed, progress).place(features, progress),
                        Hierarchy.fit(
                                features, assigned.labels(), model.centroids(), stability, seed),
                        fit.smoothing());
        log.info(
                "segment: {} customers x {} features -> {} clusters, {} outliers in {} ms",
                n,
                d,
                count.k(),
                segmentation.outliers(),
                (System.nanoTime() - start) / 1_000_000);
        return segmentation;
    }

    private TextClusterer.Fit cluster(
            FeatureMatrix features, Points points, int k, Progress progress) {
        boolean onlyText = features.features().stream().allMatch(f -> f.block() == Block.TEXT);
        if (onlyText) return TextClusterer.fit(points, k, seed, progress);
        var model = new KMeans(k, STARTS, ITERATIONS, seed).fit(points);
        return new TextClusterer.Fit(Smoothing.NONE, points, model);
    }

    private ClusterCount count(Points points, Progress progress) {
        if (clusters.isEmpty()) return ClusterCount.choose(points, seed, progress);
        int k = clusters.getAsInt();
        return new ClusterCount(k, List.of(), Message.of("segment.reason_chosen", "k", k));
    }

    /** One cluster: all customers are the same. */
    private Segmentation alike(FeatureMatrix features) {
        int n = features.rows();
        double[] certain = new double[n];
        Arrays.fill(certain, 1);
        double[] steady = {1};
        return new Segmentation(
                1,
                new int[n],
                certain,
                new boolean[n],
                new double[n],
                new double[1][features.columns()],
                new double[] {Double.MAX_VALUE},
                steady,
                List.of(),
                Message.of("segment.reason_alike"),
                CustomerMap.fit(features, seed, Progress.NONE).place(features),
                Hierarchy.undivided(new int[n], new double[1][features.columns()], steady),
                Smoothing.NONE);
    }

    private static int distinctRows(Points points) {
        for (int i = 1; i < points.n(); i++) {
            if (points.squaredDistance(0, i) > 1e-18) return 2;
        }
        return 1;
    }

    /** Clusters numbered from the largest to the smallest. */
    private static KMeans.Model bySize(KMeans.Model model) {
        int k = model.centroids().length;
        int[] sizes = new int[k];
        for (int label : model.labels()) sizes[label]++;
        var order = new ArrayList<>(IntStream.range(0, k).boxed().toList());
        order.sort(
                Comparator.<Integer>comparingInt(c -> -sizes[c])
                        .thenComparing(c -> model.centroids()[c], Arrays::compare));
        int[] number = new int[k];
        double[][] centroids = new double[k][];
        for (int c = 0; c < k; c++) {
            number[order.get(c)] = c;
            centroids[c] = model.centroids()[order.get(c)];
        }
        int[] labels = IntStream.of(model.labels()).map(l -> number[l]).toArray();
        return new KMeans.Model(centroids, labels, model.inertia());
    }

    /** Mean best Jaccard similarity of each cluster over fits on subsamples of four fifths. */
    private double[] stability(Points points, KMeans.Model model, Progress progress) {
        int k = model.centroids().length;
        double[] sums = new double[k];
        int[] times = new int[k];
        int size = Math.min(RESAMPLE_ROWS, Math.max(k, points.n() * 4 / 5));
        for (int r = 0; r < RESAMPLES; r++) {
            progress.checkCancelled();
            int[] chosen =
                    ClusterCount.sample(points.n(), size, new SplittableRandom(seed + 31L * r + 1));
            Points sample = points.select(chosen);
            int[] labels = IntStream.of(chosen).map(i -> model.labels()[i]).toArray();
            int[] again =
                    new KMeans(k, 1, 50, seed + 101L * r)
                            .fit(sample.rows(), sample.n(), sample.d())
                            .labels();
            double[] best = Agreement.bestJaccard(labels, again, k);
            boolean[] present = new boolean[k];
            for (int label : labels) present[label] = true;
            for (int c = 0; c < k; c++) {
                if (!present[c]) continue;
                sums[c] += best[c];
                times[c]++;
            }
        }
        for (int c = 0; c < k; c++) sums[c] = times[c] == 0 ? 0 : sums[c] / times[c];
        return sums;
    }
}
