package dev.coterie.segment;

import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Where the search for a mixture sets out from: k-means with one or the other block in front, and
 * k-means on what each block's own mixture says. Thread-safe.
 */
final class MixtureStarts {
    /** Shares of variance of text, behaviour and profile that k-means starts with. */
    private static final double[][] SHARES = {
        {1, 1, 0.15},
        {1, 0.4, 0.15},
        {0.4, 1, 0.15},
        {1, 1, 1},
        {1, 0.05, 0.05},
        {0.05, 1, 0.05},
        {0.1, 0.1, 1}
    };

    /** How many sets of shares there are to start with. */
    static final int MOST_SHARES = SHARES.length;

    private final FeatureMatrix features;
    private final MixtureRows read;
    private final int[] rows;
    private final Map<Block, Double> weights;
    private final long seed;

    /** The rows for k-means, by the shares of the blocks. */
    private final Map<List<Double>, Points> points = new ConcurrentHashMap<>();

    private final Map<Block, Alone> alone = new ConcurrentHashMap<>();

    /** Made when first asked for: a search that only goes on from a mixture has no use for it. */
    private Centred centred;

    /** One block of the rows. */
    private record Alone(MixtureRows read, Points points) {}

    /**
     * @param read the rows as the mixture reads them
     * @param rows of the matrix, in the same order
     */
    MixtureStarts(
            FeatureMatrix features,
            MixtureRows read,
            int[] rows,
            Map<Block, Double> weights,
            long seed) {
        this.features = features;
        this.read = read;
        this.rows = rows;
        this.weights = weights;
        this.seed = seed;
    }

    /** The rows with texts and behaviour at equal shares of the variance. */
    Points evenly() {
        return points(SHARES[0]);
    }

    /** A label for each row and start, all of k clusters. */
    List<int[]> of(int k, MixtureSearch.Effort effort) {
        var starts = new ArrayList<Supplier<int[]>>();
        List<Block> blocks = read.data().blocks();
        var different = new LinkedHashMap<List<Double>, double[]>();
        for (double[] shares : Arrays.copyOf(SHARES, effort.shares())) {
            double most = blocks.stream().mapToDouble(b -> shares[b.ordinal()]).max().orElse(1);
            different.putIfAbsent(
                    blocks.stream().map(b -> shares[b.ordinal()] / most).toList(), shares);
        }
        // fewer blocks make fewer different shares, so each of them is tried with more seeds
        int seeds = effort.seeds() * effort.shares() / different.size();
        for (double[] shares : different.values()) {
            Points points = points(shares);
            for (int s = 0; s < seeds; s++) {
                long from = seed + 6_700_417L * s + k;
                starts.add(
                        () ->
                                new KMeans(k, 1, MixtureSearch.KMEANS_ITERATIONS, from)
                                        .fit(points)
                                        .labels());
            }
        }
        if (blocks.size() > 1) {
            for (int s = 0; s < effort.posteriors(); s++) {
                long from = seed + 104_729L * s;
                starts.add(() -> fromPosteriors(blocks, k, effort, from));
            }
        }
        return starts.parallelStream().map(Supplier::get).toList();
    }

    /** The rows with each block at its share of the variance. */
    private Points points(double[] shares) {
        List<Double> key = Arrays.stream(shares).boxed().toList();
        return points.computeIfAbsent(key, none -> centred().at(shares));
    }

    private synchronized Centred centred() {
        if (centred == null) centred = Centred.of(features, rows, columns(read.data()));
        return centred;
    }

    private Alone alone(Block block) {
        return alone.computeIfAbsent(
                block,
                none -> {
                    double[] shares = new double[Block.values().length];
                    shares[block.ordinal()] = 1;
                    return new Alone(read.only(block), centred().at(shares));
                });
    }

    /**
     * The columns of the rows less their means.
     *
     * @param columns × rows
     * @param owner block of each column
     * @param variance of each block
     */
    private record Centred(double[][] columns, int[] owner, double[] variance) {
        static Centred of(FeatureMatrix features, int[] rows, int[] columns) {
            var centred = new double[columns.length][rows.length];
            int[] owner = new int[columns.length];
            double[] variance = new double[Block.values().length];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < columns.length; j++) {
                    centred[j][i] = features.get(rows[i], columns[j]);
                }
            }
            for (int j = 0; j < columns.length; j++) {
                owner[j] = features.features().get(columns[j]).block().ordinal();
                variance[owner[j]] += centre(centred[j]);
            }
            return new Centred(centred, owner, variance);
        }

        /** Takes the mean from the values and returns their variance. */
        private static double centre(double[] values) {
            double mean = 0;
            for (double value : values) mean += value / values.length;
            double squares = 0;
            for (int i = 0; i < values.length; i++) {
                values[i] -= mean;
                squares += values[i] * values[i] / values.length;
            }
            return squares;
        }

        /**
         * The rows with each block at its share of the variance; one without a share is left out.
         */
        Points at(double[] shares) {
            int[] kept =
                    IntStream.range(0, owner.length).filter(j -> shares[owner[j]] > 0).toArray();
            int n = columns.length == 0 ? 0 : columns[0].length;
            double[] values = new double[n * kept.length];
            for (int at = 0; at < kept.length; at++) {
                int block = owner[kept[at]];
                double all = variance[block];
                double factor = all == 0 ? 0 : Math.sqrt(shares[block] / all);
                double[] column = columns[kept[at]];
                for (int i = 0; i < n; i++) values[i * kept.length + at] = column[i] * factor;
            }
            return new Points(values, n, kept.length);
        }
    }

    private static int[] columns(MixtureData data) {
        return IntStream.concat(
                        data.numbers().stream().flatMapToInt(p -> IntStream.of(p.columns())),
                        data.levels().stream().flatMapToInt(p -> IntStream.of(p.columns())))
                .toArray();
    }

    /** K-means on the memberships that each block's own mixture gives, side by side. */
    private int[] fromPosteriors(
            List<Block> blocks, int k, MixtureSearch.Effort effort, long from) {
        int width = k * blocks.size();
        double[] side = new double[rows.length * width];
        for (int b = 0; b < blocks.size(); b++) {
            var own = alone(blocks.get(b));
            int[] labels =
                    new KMeans(k, 1, MixtureSearch.KMEANS_ITERATIONS, from)
                            .fit(own.points())
                            .labels();
            var fitted =
                    new MixtureFit(own.read(), k, Map.of())
                            .fromLabels(labels, 2 * effort.climb(), MixtureSearch.LOOSE);
            double weight = Math.sqrt(MixtureData.weight(weights, blocks.get(b)));
            for (int c = 0; c < k; c++) {
                roots(fitted.responsibilities()[c], weight, side, b * k + c, width);
            }
        }
        return new KMeans(k, 1, MixtureSearch.KMEANS_ITERATIONS, from)
                .fit(new Points(side, rows.length, width))
                .labels();
    }

    /** Writes weighted roots into a column. */
    private static void roots(
            double[] values, double weight, double[] into, int column, int width) {
        for (int i = 0; i < values.length; i++) {
            into[i * width + column] = weight * Math.sqrt(values[i]);
        }
    }
}
