package dev.coterie.segment;

import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Looks for the likeliest mixture.
 *
 * <p>Expectation-maximisation only climbs the nearest hill: a group that no cluster began in stays
 * without one. So the search begins with a crowd, several times as many clusters as are wanted, of
 * which every group is likely to have one, and joins those whose customers lose least by it, with a
 * step or two after each. What searches for different k have in common is computed once.
 * Thread-safe.
 *
 * @see <a href="https://jmlr.org/papers/v8/dasgupta07a.html">Dasgupta and Schulman, 2007</a>, for
 *     the crowd
 */
final class MixtureSearch {
    private static final double LOOSE = 1e-3;
    private static final double TIGHT = 1e-5;

    /** Clusters that a search begins with for each that is wanted. */
    private static final int CROWD = 3;

    /** Most clusters more than wanted; beyond it the crowd only costs. */
    private static final int CROWDED = 40;

    /** Rows for each cluster of a crowd. */
    private static final int ROWS_PER_CLUSTER = 5;

    /** Steps of the crowd before its first clusters are joined. */
    private static final int CLIMB = 3;

    /** Of this many superfluous clusters one is joined at once. */
    private static final int PARTS = 2;

    /** Steps after each joining on the way through all numbers of clusters. */
    private static final int BETWEEN = 3;

    /** Up to this many clusters, the joined mixture is held against one of its own search. */
    private static final int FEW = 8;

    /**
     * How far to look.
     *
     * @param starts crowds, 1 to {@link MixtureStarts#MOST}
     * @param kept crowds that go on, the likeliest of them
     * @param iterations of what they come to
     */
    record Effort(int starts, int kept, int iterations) {
        static final Effort QUICK = new Effort(2, 1, 8);
        static final Effort GOOD = new Effort(4, 4, 20);
        static final Effort FULL = new Effort(MixtureStarts.MOST, MixtureStarts.MOST, 80);
    }

    private final FeatureMatrix features;
    private final MixtureData data;
    private final int[] rows;
    private final Map<Block, Double> weights;
    private final long seed;
    private final MixtureRows read;
    private final MixtureStarts starts;

    /**
     * @param data how the columns are read
     * @param rows of the matrix that the mixture is fitted on
     * @param weights of the blocks' log-likelihoods
     */
    MixtureSearch(
            FeatureMatrix features,
            MixtureData data,
            int[] rows,
            Map<Block, Double> weights,
            long seed) {
        this.features = features;
        this.data = data;
        this.rows = rows;
        this.weights = weights;
        this.seed = seed;
        this.read = MixtureRows.of(data, features, rows);
        this.starts = new MixtureStarts(features, read, rows, seed);
    }

    static MixtureSearch of(
            FeatureMatrix features, int[] rows, Map<Block, Double> weights, long seed) {
        return new MixtureSearch(features, MixtureData.of(features), rows, weights, seed);
    }

    MixtureRows readRows() {
        return read;
    }

    /** The likeliest mixture of k clusters that was found. */
    MixtureFit.Fitted best(int k, Effort effort) {
        var fit = new MixtureFit(read, k, weights);
        if (k == 1) return fit.fromLabels(new int[rows.length], CLIMB, LOOSE);
        var crowd = new MixtureFit(read, crowd(k), weights);
        return starts.of(crowd(k), effort.starts()).parallelStream()
                .map(labels -> crowd.fromLabels(labels, CLIMB, LOOSE))
                .sorted(Comparator.comparingDouble(f -> -f.likelihood()))
                .limit(effort.kept())
                .map(climbed -> fit.goOn(joined(climbed, k), effort.iterations(), TIGHT))
                .max(Comparator.comparingDouble(MixtureFit.Fitted::likelihood))
                .orElseThrow();
    }

    private int crowd(int k) {
        int most = Math.min(k + CROWDED, rows.length / ROWS_PER_CLUSTER);
        return Math.max(k, Math.min(CROWD * k, most));
    }

    /** Joins clusters until k are left, some at once as long as many are too many. */
    private MixtureFit.Fitted joined(MixtureFit.Fitted crowd, int k) {
        var fitted = crowd;
        while (fitted.model().clusters() > k) {
            int over = fitted.model().clusters() - k;
            fitted = joined(fitted, Math.max(1, over / PARTS), 1);
        }
        return fitted;
    }

    private MixtureFit.Fitted joined(MixtureFit.Fitted from, int fewer, int iterations) {
        var pairs = ClusterJoins.cheapest(from, fewer);
        int left = from.model().clusters() - pairs.size();
        return new MixtureFit(read, left, weights).joined(from, pairs, iterations, LOOSE);
    }

    /**
     * A mixture for each number of clusters, each from the one before by joining two of its
     * clusters.
     *
     * @param most clusters
     * @param each is told of every mixture
     * @return of 2 to the most clusters; empty if those are fewer
     */
    List<MixtureFit.Fitted> byNumber(int most, Runnable each) {
        var found = new ArrayDeque<MixtureFit.Fitted>();
        for (int k = most; k >= 2; k--) {
            var own = k == most || k <= FEW ? best(k, Effort.QUICK) : null;
            var joined = k == most ? null : joined(found.getFirst(), 1, BETWEEN);
            found.addFirst(likelier(joined, own));
            each.run();
        }
        return List.copyOf(found);
    }

    /** The likelier of two mixtures, one of which may be null; the first if they are alike. */
    private static MixtureFit.Fitted likelier(MixtureFit.Fitted first, MixtureFit.Fitted second) {
        if (first == null || second == null) return first == null ? second : first;
        return second.likelihood() > first.likelihood() ? second : first;
    }

    /** What a mixture says of the rows. */
    MixtureFit.Fitted read(MixtureModel model) {
        return new MixtureFit(read, model.clusters(), weights).read(model);
    }

    /** A mixture that was found on fewer rows, led on with these. */
    MixtureFit.Fitted refined(MixtureModel model, int iterations) {
        var fit = new MixtureFit(read, model.clusters(), weights);
        return fit.goOn(fit.read(model), iterations, TIGHT);
    }

    /**
     * The same search where there are no groups: the numbers of every block are drawn anew as one
     * cloud, see {@link Surrogate}, and the levels of every category are dealt out anew.
     */
    MixtureSearch withoutGroups() {
        double[] values = new double[rows.length * features.columns()];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(
                    features.values(),
                    rows[i] * features.columns(),
                    values,
                    i * features.columns(),
                    features.columns());
        }
        var copy = new FeatureMatrix(features.features(), rows.length, values);
        var random = new SplittableRandom(seed + 5);
        int[] all = IntStream.range(0, rows.length).toArray();
        var read = data.read(copy, all);
        for (int p = 0; p < data.numbers().size(); p++) {
            boolean[] present = read.present()[p];
            int[] having = IntStream.of(all).filter(i -> present[i]).toArray();
            new Surrogate(values, features.columns(), having, data.numbers().get(p).columns())
                    .draw(random);
        }
        for (var levels : data.levels()) {
            deal(values, features.columns(), all, levels.columns(), random);
        }
        return new MixtureSearch(copy, data, all, weights, seed);
    }

    /** Deals columns out anew, together, among some rows. */
    private static void deal(
            double[] values, int width, int[] rows, int[] columns, SplittableRandom random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            for (int column : columns) {
                double kept = values[rows[i] * width + column];
                values[rows[i] * width + column] = values[rows[j] * width + column];
                values[rows[j] * width + column] = kept;
            }
        }
    }

    /** All rows, or a sample of them in ascending order. */
    static int[] sample(int n, int most, SplittableRandom random) {
        return n <= most ? IntStream.range(0, n).toArray() : ClusterCount.sample(n, most, random);
    }
}
