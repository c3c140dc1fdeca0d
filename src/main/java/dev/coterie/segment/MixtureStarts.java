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
        return points.computeIfAbsent(key, none -> points(read.data(), shares));
    }

    private Alone alone(Block block) {
        return alone.computeIfAbsent(
                block,
                none -> {
                    var own = read.only(block);
                    double[] shares = new double[Block.values().length];
                    shares[block.ordinal()] = 1;
                    return new Alone(own, points(own.data(), shares));
                });
    }

    private Points points(MixtureData data, double[] shares) {
        var columns = new ArrayList<int[]>();
        var owner = new ArrayList<Block>();
        data.numbers().forEach(p -> columns.add(p.columns()));
        data.numbers().forEach(p -> owner.add(p.block()));
        data.levels().forEach(p -> columns.add(p.columns()));
        data.levels().forEach(p -> owner.add(p.block()));
        int d = columns.stream().mapToInt(c -> c.length).sum();
        double[] values = new double[rows.length * d];
        int at = 0;
        double[] variance = new double[Block.values().length];
        for (int[] part : columns) {
            for (int column : part) {
                double mean = 0;
                for (int row : rows) mean += features.get(row, column) / rows.length;
                double squares = 0;
                for (int i = 0; i < rows.length; i++) {
                    double value = features.get(rows[i], column) - mean;
                    values[i * d + at] = value;
                    squares += value * value / rows.length;
                }
                variance[features.features().get(column).block().ordinal()] += squares;
                at++;
            }
        }
        at = 0;
        for (int p = 0; p < columns.size(); p++) {
            int block = owner.get(p).ordinal();
            double factor = variance[block] == 0 ? 0 : Math.sqrt(shares[block] / variance[block]);
            for (int j = 0; j < columns.get(p).length; j++, at++) {
                for (int i = 0; i < rows.length; i++) values[i * d + at] *= factor;
            }
        }
        return new Points(values, rows.length, d);
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
