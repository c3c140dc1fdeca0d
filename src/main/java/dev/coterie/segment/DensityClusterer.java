package dev.coterie.segment;

import dev.coterie.features.FeatureMatrix;
import dev.coterie.progress.Progress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.MutableDataset;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.hdbscan.HdbscanTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.neighbour.NeighboursQueryFactoryType;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * HDBSCAN*: clusters are what stays dense over a long range of thresholds, of any shape, and what
 * is in none of them is noise. It finds its own number of clusters.
 *
 * <p>It runs on at most {@link #SAMPLE} rows, since its cost grows with their square; all others
 * are read by the {@link DensityModel}. The same rows give the same model.
 *
 * @see <a href="https://doi.org/10.1007/978-3-642-37456-2_14">Campello, Moulavi and Sander,
 *     density-based clustering based on hierarchical density estimates, 2013</a>
 */
record DensityClusterer(long seed) implements Clusterer {
    static final int SAMPLE = 4000;

    /** The same where clusters are only looked for again. */
    private static final int QUICK_SAMPLE = 1000;

    /** It tells the end of every fit; held, since the level goes with the logger. */
    private static final Logger LIBRARY = Logger.getLogger("org.tribuo.clustering.hdbscan");

    static {
        LIBRARY.setLevel(Level.WARNING);
    }

    /** Rows of the sample for each that a cluster needs at the least. */
    private static final int PARTS = 50;

    private static final int SMALLEST = 5;

    /** Rows within a core distance, the row itself included. */
    static final int NEIGHBOURS = 8;

    /**
     * @param k is not asked for
     */
    @Override
    public ClusterModel fit(FeatureMatrix features, int k, Progress progress) {
        return fit(features, SAMPLE, seed);
    }

    private static ClusterModel fit(FeatureMatrix features, int most, long seed) {
        var points = new Points(features.values(), features.rows(), features.columns());
        int[] rows = MixtureSearch.sample(features.rows(), most, new SplittableRandom(seed));
        int[] cluster = clusters(points.select(rows));
        boolean any = Arrays.stream(cluster).anyMatch(c -> c >= 0);
        return any ? DensityModel.fit(points, rows, cluster, NEIGHBOURS) : undivided(features);
    }

    /** Everyone in one cluster, since no region is denser than what surrounds it. */
    private static PrototypeModel undivided(FeatureMatrix features) {
        double[][] mean = Segmenter.means(features, new int[features.rows()], 1);
        return new PrototypeModel(mean, new double[] {Double.MAX_VALUE}, 1, Smoothing.NONE);
    }

    @Override
    public int[] labelsOf(FeatureMatrix features, int[] rows, int k, long from) {
        var points = new Points(features.values(), features.rows(), features.columns());
        var chosen =
                new FeatureMatrix(features.features(), rows.length, points.select(rows).rows());
        return fit(chosen, QUICK_SAMPLE, from).over(chosen).belonging(chosen).labels();
    }

    @Override
    public int[] labelsAgain(FeatureMatrix features, int[] rows, int k, long from) {
        return labelsOf(features, rows, k, from);
    }

    /**
     * @return for each row its cluster, numbered in the order of their first rows, or -1 for noise
     */
    static int[] clusters(Points points) {
        int smallest = Math.max(SMALLEST, points.n() / PARTS);
        int[] none = new int[points.n()];
        Arrays.fill(none, -1);
        if (points.n() < 2 * smallest) return none;
        var trainer =
                new HdbscanTrainer(
                        smallest,
                        new L2Distance(),
                        NEIGHBOURS,
                        1,
                        NeighboursQueryFactoryType.BRUTE_FORCE);
        var found = trainer.train(dataset(points)).getClusterLabels();
        var number = new HashMap<Integer, Integer>();
        for (int i = 0; i < none.length; i++) {
            if (found.get(i) == NOISE) continue;
            none[i] = number.computeIfAbsent(found.get(i), label -> number.size());
        }
        return none;
    }

    /** The library's label of rows that are in no cluster. */
    private static final int NOISE = 0;

    private static MutableDataset<ClusterID> dataset(Points points) {
        var factory = new ClusteringFactory();
        var dataset =
                new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
        // The library orders columns by name.
        String[] names =
                IntStream.range(0, points.d()).mapToObj("%05d"::formatted).toArray(String[]::new);
        for (int i = 0; i < points.n(); i++) {
            dataset.add(
                    new ArrayExample<>(
                            ClusteringFactory.UNASSIGNED_CLUSTER_ID, names, points.row(i)));
        }
        return dataset;
    }
}
