package dev.coterie.segment;

import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Looks for the likeliest mixture from many starts.
 *
 * <p>Expectation-maximisation only climbs the nearest hill, so the starts are as different as the
 * blocks: k-means with one or the other block in front, and k-means on what each block's own
 * mixture says. All of them climb a few steps, the best go on to the top. What searches for
 * different k have in common is computed once. Thread-safe.
 *
 * @see <a href="https://doi.org/10.1016/S0167-9473(02)00163-9">Biernacki, Celeux and Govaert,
 *     choosing starting values for the EM algorithm, 2003</a>
 */
final class MixtureSearch {
    static final int KMEANS_ITERATIONS = 30;
    static final double LOOSE = 1e-3;
    private static final double TIGHT = 1e-5;

    /**
     * How far to look.
     *
     * @param shares sets of shares that k-means starts with
     * @param seeds k-means runs for each of them
     * @param posteriors starts from the blocks' own mixtures
     * @param climb iterations of every start
     * @param kept starts that go on
     * @param iterations of those
     * @param rounds of joining two clusters and parting a third
     */
    record Effort(
            int shares,
            int seeds,
            int posteriors,
            int climb,
            int kept,
            int iterations,
            int rounds) {
        static final Effort LEAST = new Effort(2, 1, 1, 3, 1, 8, 0);
        static final Effort QUICK = new Effort(4, 1, 1, 3, 2, 8, 0);
        static final Effort FULL = new Effort(MixtureStarts.MOST_SHARES, 2, 3, 8, 4, 80, 4);
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
        this.starts = new MixtureStarts(features, read, rows, weights, seed);
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
        if (k == 1) return fit.fromLabels(new int[rows.length], 3, LOOSE);
        var climbed =
                new ArrayList<>(
                        starts.of(k, effort).parallelStream()
                                .map(labels -> fit.fromLabels(labels, effort.climb(), LOOSE))
                                .toList());
        climbed.sort(Comparator.comparingDouble(f -> -f.likelihood()));
        var best =
                different(climbed, effort.kept()).parallelStream()
                        .map(f -> fit.goOn(f, effort.iterations(), TIGHT))
                        .max(Comparator.comparingDouble(MixtureFit.Fitted::likelihood))
                        .orElseThrow();
        for (int round = 0; round < effort.rounds() && k > 2; round++) {
            var better = rearranged(fit, best, effort);
            double gain = better.likelihood() - best.likelihood();
            if (gain > 0) best = better;
            if (gain < LOOSE) break;
        }
        return best;
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
     * The likeliest mixture after joining two clusters and parting a third: a way off a hill whose
     * top has two clusters in one group and one cluster over two.
     *
     * @see <a href="https://doi.org/10.1162/089976600300015088">Ueda, Nakano, Ghahramani and
     *     Hinton, SMEM algorithm for mixture models, 2000</a>
     */
    private MixtureFit.Fitted rearranged(MixtureFit fit, MixtureFit.Fitted from, Effort effort) {
        int k = from.model().clusters();
        Points points = starts.evenly();
        var moves = new ArrayList<int[]>();
        int[] labels = from.labels();
        for (int parted : largest(labels, k)) {
            int[] halves = halves(points, labels, parted, k);
            if (halves == null) continue;
            for (int[] pair : nearest(from, k, parted)) {
                int[] moved = halves.clone();
                for (int i = 0; i < moved.length; i++) {
                    if (moved[i] == pair[1]) moved[i] = pair[0];
                    if (moved[i] == k) moved[i] = pair[1];
                }
                moves.add(moved);
            }
        }
        return moves.parallelStream()
                .map(moved -> fit.fromLabels(moved, effort.climb(), LOOSE))
                .sorted(Comparator.comparingDouble(f -> -f.likelihood()))
                .limit(2)
                .map(f -> fit.goOn(f, effort.iterations(), TIGHT))
                .max(Comparator.comparingDouble(MixtureFit.Fitted::likelihood))
                .orElse(from);
    }

    /** The clusters with the most rows, the largest first. */
    private static int[] largest(int[] labels, int k) {
        int[] sizes = new int[k];
        for (int label : labels) sizes[label]++;
        return IntStream.range(0, k)
                .boxed()
                .sorted(Comparator.comparingInt(c -> -sizes[c]))
                .limit(5)
                .mapToInt(c -> c)
                .toArray();
    }

    /** The labels with one cluster parted in two, the second half as k; null if it has one row. */
    private int[] halves(Points points, int[] labels, int parted, int k) {
        int[] members =
                IntStream.range(0, labels.length).filter(i -> labels[i] == parted).toArray();
        if (members.length < 2) return null;
        int[] half = new KMeans(2, 2, KMEANS_ITERATIONS, seed).fit(points.select(members)).labels();
        int[] halves = labels.clone();
        for (int i = 0; i < members.length; i++) if (half[i] == 1) halves[members[i]] = k;
        return halves;
    }

    /** Pairs of clusters, other than one, that share most of their rows. */
    private static List<int[]> nearest(MixtureFit.Fitted fitted, int k, int except) {
        double[][] shared = new double[k][k];
        for (int a = 0; a < k; a++) {
            for (int b = a + 1; b < k; b++) {
                shared[a][b] = shared(fitted.responsibilities()[a], fitted.responsibilities()[b]);
            }
        }
        var pairs = new ArrayList<int[]>();
        for (int a = 0; a < k; a++) {
            for (int b = a + 1; b < k; b++)
                if (a != except && b != except) pairs.add(new int[] {a, b});
        }
        pairs.sort(Comparator.comparingDouble(pair -> -shared[pair[0]][pair[1]]));
        return pairs.subList(0, Math.min(3, pairs.size()));
    }

    private static double shared(double[] first, double[] second) {
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
            if (first[i] >= 1e-6) sum += first[i] * second[i];
        }
        return sum;
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

    /** The first of those that climbed, leaving out what reached the same place. */
    private static List<MixtureFit.Fitted> different(List<MixtureFit.Fitted> sorted, int most) {
        var kept = new ArrayList<MixtureFit.Fitted>();
        for (var fitted : sorted) {
            boolean known =
                    kept.stream()
                            .anyMatch(
                                    other ->
                                            Agreement.adjustedRand(other.labels(), fitted.labels())
                                                    > 0.99);
            if (!known) kept.add(fitted);
            if (kept.size() == most) break;
        }
        return kept;
    }

    /** All rows, or a sample of them in ascending order. */
    static int[] sample(int n, int most, SplittableRandom random) {
        return n <= most ? IntStream.range(0, n).toArray() : ClusterCount.sample(n, most, random);
    }
}
