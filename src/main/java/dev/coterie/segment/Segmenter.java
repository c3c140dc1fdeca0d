package dev.coterie.segment;

import dev.coterie.error.InvalidInputException;
import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.language.Message;
import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the clusters of a data set: the choice of k, the clusters, outliers, stability, tree and
 * map.
 *
 * <p>Rows are expected in canonical order; then the same customers give the same segmentation
 * whatever the order of the file.
 *
 * @param clusters k, 1 to 254, or empty for the automatic choice
 * @param before number of segments of the run that this one continues, if any: the automatic choice
 *     keeps it where it serves as well as any other
 * @param algorithm HDBSCAN* finds its own k
 * @param emphasis factors of blocks that a person chose; 0 leaves a block out
 */
public record Segmenter(
        OptionalInt clusters,
        OptionalInt before,
        Map<Block, Double> emphasis,
        Algorithm algorithm,
        long seed) {
    /** The map's binary format gives a segment one byte. */
    public static final int MOST_CLUSTERS = 254;

    private static final Logger log = LoggerFactory.getLogger(Segmenter.class);

    /** Other seeds that clusters are looked for with. */
    private static final int SEEDS = 5;

    private static final int SEED_ROWS = 3000;

    public Segmenter {
        emphasis = Map.copyOf(emphasis);
        if (algorithm == Algorithm.HDBSCAN && clusters.isPresent()) {
            throw new InvalidInputException(Message.of("segment.k_with_hdbscan"));
        }
        clusters.ifPresent(Segmenter::check);
    }

    /**
     * @param clusters a number of segments asked for
     * @throws InvalidInputException if no run can make that many
     */
    public static void check(int clusters) {
        if (clusters >= 1 && clusters <= MOST_CLUSTERS) return;
        throw new InvalidInputException(
                Message.of("segment.k_out_of_range", "k", clusters, "most", MOST_CLUSTERS));
    }

    public Segmenter(OptionalInt clusters, long seed) {
        this(clusters, OptionalInt.empty(), Map.of(), Algorithm.AUTO, seed);
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
        var weights = BlockStructure.weights(emphasis);
        var clusterer = Clusterer.of(algorithm, features, weights, seed);
        var found = found(features, clusterer, weights, progress);
        ClusterModel model = found.model();
        var belonging = found.belonging();
        ClusterCount count = found.count();
        int[] labels = belonging.labels();
        double[][] centroids = means(features, labels, model.clusters());
        var resampling =
                Resampling.of(features, clusterer, belonging, model.clusters(), seed, progress);
        double[] stability = resampling.stability();
        double[] seeds = seeds(features, clusterer, labels, model.clusters(), progress);
        var assigned =
                SegmentAssigner.assigned(belonging, resampling.calibration(), features, centroids);
        double[] separability =
                Separability.of(
                        features, assigned.labels(), assigned.outlier(), model.clusters(), seed);
        var segmentation =
                new Segmentation(
                        model.clusters(),
                        assigned.labels(),
                        assigned.confidence(),
                        assigned.outlier(),
                        assigned.distance(),
                        centroids,
                        assigned.strangeness(),
                        model,
                        stability,
                        new Certificate(seeds, separability, seeds, resampling.calibration()),
                        count.candidates(),
                        count.clear(),
                        count.reason(),
                        Method.of(algorithm, used(features, model)),
                        CustomerMap.fit(features, seed, progress).place(features, progress),
                        Hierarchy.fit(features, assigned.labels(), centroids, stability, seed));
        log.info(
                "segment: {} customers x {} features -> {} clusters, {} outliers in {} ms",
                n,
                d,
                model.clusters(),
                segmentation.outliers(),
                (System.nanoTime() - start) / 1_000_000);
        return segmentation;
    }

    /** Clusters from the largest to the smallest, who belongs to them, and why so many. */
    private record Found(
            ClusterModel model, ClusterModel.Belonging belonging, ClusterCount count) {}

    private Found found(
            FeatureMatrix features,
            Clusterer clusterer,
            Map<Block, Double> weights,
            Progress progress) {
        boolean ownCount = algorithm == Algorithm.HDBSCAN;
        Optional<ClusterCount> asked =
                ownCount ? Optional.empty() : Optional.of(count(features, weights, progress));
        progress.checkCancelled();
        int k = asked.map(ClusterCount::k).orElse(1);
        ClusterModel model = clusterer.fit(features, k, progress);
        var belonging = model.over(features).belonging(features);
        int[] order = bySize(belonging.labels(), features, model.clusters());
        return new Found(
                model.ordered(order),
                belonging.ordered(order),
                asked.orElseGet(() -> ofItself(model, belonging)));
    }

    private ClusterCount count(
            FeatureMatrix features, Map<Block, Double> weights, Progress progress) {
        if (clusters.isEmpty()) {
            return ClusterCount.choose(features, weights, before, seed, progress);
        }
        int k = clusters.getAsInt();
        if (k > features.rows()) {
            throw new InvalidInputException(
                    Message.of(
                            "segment.fewer_rows_than_clusters",
                            "rows",
                            features.rows(),
                            "clusters",
                            k));
        }
        return new ClusterCount(k, List.of(), true, Message.of("segment.reason_chosen", "k", k));
    }

    /** What an algorithm that chooses k for itself came to. */
    private static ClusterCount ofItself(ClusterModel model, ClusterModel.Belonging belonging) {
        int k = model.clusters();
        long outside = Arrays.stream(belonging.strangeness()).filter(s -> s > 0.5).count();
        double share = (double) outside / belonging.strangeness().length;
        if (!(model instanceof DensityModel)) {
            return new ClusterCount(k, List.of(), false, Message.of("segment.reason_not_dense"));
        }
        boolean mostInside = share < 0.5;
        return new ClusterCount(
                k,
                List.of(),
                mostInside,
                Message.of(
                        mostInside ? "segment.reason_dense" : "segment.reason_hardly_dense",
                        "k",
                        k,
                        "outliers",
                        outside,
                        "share",
                        share));
    }

    /** The algorithm that found a model; k-means stands in where a mixture finds too few. */
    private Algorithm used(FeatureMatrix features, ClusterModel found) {
        var meant = algorithm == Algorithm.AUTO ? Clusterer.serving(features) : algorithm;
        boolean stoodIn = meant == Algorithm.MIXTURE && found instanceof PrototypeModel;
        return stoodIn ? Algorithm.KMEANS : meant;
    }

    /** One cluster: all customers are the same. */
    private Segmentation alike(FeatureMatrix features) {
        int n = features.rows();
        double[] certain = new double[n];
        Arrays.fill(certain, 1);
        double[] steady = {1};
        double[][] centroids = {features.row(0)};
        return new Segmentation(
                1,
                new int[n],
                certain,
                new boolean[n],
                new double[n],
                centroids,
                new double[n],
                new PrototypeModel(centroids, new double[] {Double.MAX_VALUE}, 1, Smoothing.NONE),
                steady,
                new Certificate(steady, steady, steady, Calibration.NONE),
                List.of(),
                false,
                Message.of("segment.reason_alike"),
                Method.alike(algorithm),
                CustomerMap.fit(features, seed, Progress.NONE).place(features),
                Hierarchy.undivided(new int[n], centroids, steady));
    }

    /** The clusters from the largest to the smallest. */
    private static int[] bySize(int[] labels, FeatureMatrix features, int k) {
        int[] sizes = new int[k];
        for (int label : labels) sizes[label]++;
        double[][] centroids = means(features, labels, k);
        return IntStream.range(0, k)
                .boxed()
                .sorted(
                        Comparator.<Integer>comparingInt(c -> -sizes[c])
                                .thenComparing(c -> centroids[c], Arrays::compare))
                .mapToInt(c -> c)
                .toArray();
    }

    /** k×d means of the rows of each label. */
    static double[][] means(FeatureMatrix features, int[] labels, int k) {
        int d = features.columns();
        double[][] means = new double[k][d];
        int[] sizes = new int[k];
        for (int i = 0; i < labels.length; i++) {
            sizes[labels[i]]++;
            double[] mean = means[labels[i]];
            for (int j = 0; j < d; j++) mean[j] += features.get(i, j);
        }
        for (int c = 0; c < k; c++) {
            for (int j = 0; j < d; j++) means[c][j] /= Math.max(1, sizes[c]);
        }
        return means;
    }

    /** Mean best Jaccard similarity of each cluster over fits of the same rows with other seeds. */
    private double[] seeds(
            FeatureMatrix features, Clusterer clusterer, int[] labels, int k, Progress progress) {
        var random = new SplittableRandom(seed + 13);
        int[] rows = MixtureSearch.sample(features.rows(), Math.max(k, SEED_ROWS), random);
        int[] before = IntStream.of(rows).map(i -> labels[i]).toArray();
        double[] mean = new double[k];
        for (int s = 1; s <= SEEDS; s++) {
            progress.checkCancelled();
            int[] again = clusterer.labelsAgain(features, rows, k, seed + 1009L * s);
            double[] best = Agreement.bestJaccard(before, again, k);
            for (int c = 0; c < k; c++) mean[c] += best[c];
        }
        for (int c = 0; c < k; c++) mean[c] /= SEEDS;
        return mean;
    }

    private static int distinctRows(Points points) {
        for (int i = 1; i < points.n(); i++) {
            if (points.squaredDistance(0, i) > 1e-18) return 2;
        }
        return 1;
    }
}
