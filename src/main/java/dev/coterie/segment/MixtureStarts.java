package dev.coterie.segment;

import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Where the search for a mixture sets out from: k-means with one or the other block in front.
 * Thread-safe.
 */
final class MixtureStarts {
    /**
     * Shares of variance of text, behaviour and profile that k-means starts with: groups that lie
     * in one block alone are only seen with that block in front.
     */
    private static final double[][] SHARES = {
        {1, 1, 0.15},
        {0.1, 0.1, 1},
        {0.05, 1, 0.05},
        {1, 0.05, 0.05},
        {0.4, 1, 0.15},
        {1, 0.4, 0.15},
        {1, 1, 1}
    };

    /** How many different starts there are. */
    static final int MOST = SHARES.length;

    private static final int ITERATIONS = 30;

    private final FeatureMatrix features;
    private final MixtureRows read;
    private final int[] rows;
    private final long seed;

    /** The rows for k-means, by the shares of the blocks. */
    private final Map<List<Double>, Points> points = new ConcurrentHashMap<>();

    /** Made when first asked for: a search that only goes on from a mixture has no use for it. */
    private Centred centred;

    /**
     * @param read the rows as the mixture reads them
     * @param rows of the matrix, in the same order
     */
    MixtureStarts(FeatureMatrix features, MixtureRows read, int[] rows, long seed) {
        this.features = features;
        this.read = read;
        this.rows = rows;
        this.seed = seed;
    }

    /**
     * A label for each row and start, all of k clusters.
     *
     * @param starts 1 to {@link #MOST}
     */
    List<int[]> of(int k, int starts) {
        List<Block> blocks = read.data().blocks();
        var different = new LinkedHashMap<List<Double>, double[]>();
        for (double[] set : Arrays.copyOf(SHARES, starts)) {
            double most = blocks.stream().mapToDouble(b -> set[b.ordinal()]).max().orElse(1);
            different.putIfAbsent(blocks.stream().map(b -> set[b.ordinal()] / most).toList(), set);
        }
        var sets = List.copyOf(different.values());
        // fewer blocks make fewer different shares, so each of them is tried with more seeds
        return IntStream.range(0, starts)
                .parallel()
                .mapToObj(
                        start -> {
                            long from = seed + 6_700_417L * (start / sets.size()) + k;
                            return new KMeans(k, 1, ITERATIONS, from)
                                    .fit(points(sets.get(start % sets.size())))
                                    .labels();
                        })
                .toList();
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
}
