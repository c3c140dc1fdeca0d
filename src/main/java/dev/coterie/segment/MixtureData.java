package dev.coterie.segment;

import dev.coterie.features.Block;
import dev.coterie.features.Feature;
import dev.coterie.features.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How the columns of a feature matrix are read by a mixture: each block as numbers with one normal
 * distribution per cluster, and as levels with one share per cluster.
 *
 * <p>Indicator columns of one source form the levels of a category. A normal distribution would be
 * drawn to values that many rows share, and clusters be made for them; so a profile's number of few
 * distinct values is read as levels too, and a number that more than half of the rows have in
 * common, such as the returns of those who return nothing, as that value or another. A row whose
 * numbers of a block are all exactly 0 has nothing to say in that block (a customer without texts
 * or without events) and its numbers are passed over.
 */
record MixtureData(List<Numbers> numbers, List<Levels> levels) {
    /** Numbers with at most this many distinct values are read as levels. */
    private static final int FEW_VALUES = 12;

    /** Leading text components that are read; the weaker ones hold no structure of the whole. */
    private static final int TEXT_COMPONENTS = 24;

    /** The scale of a column below which it does not vary. */
    private static final double CONSTANT = 1e-9;

    /**
     * Columns of one block that vary, with their means over the rows that have them.
     *
     * @param columns of the feature matrix
     * @param mean of each column
     */
    record Numbers(Block block, int[] columns, double[] mean) {
        int d() {
            return columns.length;
        }

        /**
         * Writes the centred numbers of a row.
         *
         * @return false if the row has none
         */
        boolean read(double[] values, int row, int width, double[] into) {
            boolean present = false;
            for (int j = 0; j < columns.length; j++) {
                double value = values[row * width + columns[j]];
                present |= value != 0;
                into[j] = value - mean[j];
            }
            return present || block == Block.PROFILE;
        }
    }

    /**
     * One category.
     *
     * @param columns its indicators; or a single column with few values
     * @param values the distinct values of that single column, ascending; empty for indicators
     */
    record Levels(Block block, int[] columns, double[] values) {
        int count() {
            return values.length == 0 ? columns.length : values.length;
        }

        /** The level of a row, or -1 if it has none that was seen. */
        int read(double[] matrix, int row, int width) {
            if (values.length == 0) {
                for (int l = 0; l < columns.length; l++) {
                    if (matrix[row * width + columns[l]] > 0) return l;
                }
                return -1;
            }
            double value = matrix[row * width + columns[0]];
            int at = Arrays.binarySearch(values, value);
            if (at >= 0) return at;
            int after = -at - 1;
            if (after == 0) return 0;
            if (after == values.length) return values.length - 1;
            return value - values[after - 1] <= values[after] - value ? after - 1 : after;
        }
    }

    static MixtureData of(FeatureMatrix features) {
        var indicators = new LinkedHashMap<String, List<Integer>>();
        var plain = new EnumMap<Block, List<Integer>>(Block.class);
        var levels = new ArrayList<Levels>();
        for (int j = 0; j < features.columns(); j++) {
            Feature feature = features.features().get(j);
            if (feature.name().startsWith(feature.source() + "=")) {
                String key = feature.block().word() + " " + feature.source();
                indicators.computeIfAbsent(key, k -> new ArrayList<>()).add(j);
                continue;
            }
            double[] values = feature.block() == Block.TEXT ? new double[0] : values(features, j);
            if (values.length == 1) continue;
            if (values.length > 1) {
                levels.add(new Levels(feature.block(), new int[] {j}, values));
            } else {
                var columns = plain.computeIfAbsent(feature.block(), b -> new ArrayList<>());
                if (feature.block() != Block.TEXT || columns.size() < TEXT_COMPONENTS) {
                    columns.add(j);
                }
            }
        }
        indicators.forEach(
                (key, columns) ->
                        levels.add(
                                new Levels(
                                        features.features().get(columns.get(0)).block(),
                                        columns.stream().mapToInt(c -> c).toArray(),
                                        new double[0])));
        var numbers = new ArrayList<Numbers>();
        plain.forEach(
                (block, columns) -> numbers(features, block, columns).ifPresent(numbers::add));
        return new MixtureData(List.copyOf(numbers), List.copyOf(levels));
    }

    /**
     * The values, ascending, that a column is read by if not as a number: one if it does not vary,
     * a profile's distinct values if they are few, else the value that most rows have and the mean
     * of the others; none if there is no such value.
     */
    private static double[] values(FeatureMatrix features, int column) {
        var distinct = new TreeSet<Double>();
        for (int i = 0; i < features.rows() && distinct.size() <= FEW_VALUES; i++) {
            distinct.add(features.get(i, column));
        }
        boolean profile = features.features().get(column).block() == Block.PROFILE;
        boolean few = distinct.size() == 1 || profile && distinct.size() <= FEW_VALUES;
        return few ? distinct.stream().mapToDouble(v -> v).toArray() : atom(features, column);
    }

    /**
     * @see <a href="https://doi.org/10.1007/978-94-011-3488-0_5">Boyer and Moore, a fast majority
     *     vote algorithm, 1991</a>
     */
    private static double[] atom(FeatureMatrix features, int column) {
        double atom = 0;
        int votes = 0;
        for (int i = 0; i < features.rows(); i++) {
            double value = features.get(i, column);
            if (votes == 0) atom = value;
            votes += value == atom ? 1 : -1;
        }
        int equal = 0;
        double others = 0;
        for (int i = 0; i < features.rows(); i++) {
            double value = features.get(i, column);
            if (value == atom) equal++;
            else others += value;
        }
        if (2 * equal <= features.rows()) return new double[0];
        double other = others / (features.rows() - equal);
        return new double[] {Math.min(atom, other), Math.max(atom, other)};
    }

    private static Optional<Numbers> numbers(
            FeatureMatrix features, Block block, List<Integer> columns) {
        int[] all = columns.stream().mapToInt(c -> c).toArray();
        var raw = new Numbers(block, all, new double[all.length]);
        double[] row = new double[all.length];
        double[] sum = new double[all.length];
        double[] squares = new double[all.length];
        int n = 0;
        for (int i = 0; i < features.rows(); i++) {
            if (!raw.read(features.values(), i, features.columns(), row)) continue;
            n++;
            for (int j = 0; j < row.length; j++) {
                sum[j] += row[j];
                squares[j] += row[j] * row[j];
            }
        }
        var kept = new ArrayList<Integer>();
        double most = 0;
        for (int j = 0; j < row.length; j++) most = Math.max(most, squares[j]);
        for (int j = 0; j < row.length; j++) {
            double variance = n == 0 ? 0 : squares[j] / n - sum[j] / n * (sum[j] / n);
            if (variance > CONSTANT * most / Math.max(1, n)) kept.add(j);
        }
        if (kept.isEmpty()) return Optional.empty();
        double count = n;
        return Optional.of(
                new Numbers(
                        block,
                        kept.stream().mapToInt(j -> all[j]).toArray(),
                        kept.stream().mapToDouble(j -> sum[j] / count).toArray()));
    }

    /** The blocks that have anything to say, in order. */
    List<Block> blocks() {
        return Arrays.stream(Block.values()).filter(this::has).toList();
    }

    private boolean has(Block block) {
        return numbers.stream().anyMatch(p -> p.block() == block)
                || levels.stream().anyMatch(p -> p.block() == block);
    }

    /**
     * The rows as the mixture reads them.
     *
     * @param numbers for each part n × d, centred; a row is an array of its own, since the compiler
     *     makes vector instructions of loops that begin at 0
     * @param present for each part whether a row has numbers
     * @param codes for each category the level of each row, -1 for none
     * @param patterns of the blocks whose categories come in few
     */
    record Read(
            int n,
            double[][][] numbers,
            boolean[][] present,
            int[][] codes,
            Map<Block, Patterns> patterns) {}

    Read read(FeatureMatrix features, int[] rows) {
        int n = rows.length;
        double[] values = features.values();
        int width = features.columns();
        var read = new double[numbers.size()][][];
        var present = new boolean[numbers.size()][n];
        for (int p = 0; p < read.length; p++) {
            Numbers part = numbers.get(p);
            read[p] = new double[n][part.d()];
            for (int i = 0; i < n; i++) {
                present[p][i] = part.read(values, rows[i], width, read[p][i]);
            }
        }
        var codes = new int[levels.size()][n];
        for (int p = 0; p < codes.length; p++) {
            for (int i = 0; i < n; i++) codes[p][i] = levels.get(p).read(values, rows[i], width);
        }
        var patterns = new EnumMap<Block, Patterns>(Block.class);
        for (Block block : blocks()) {
            int[] own = IntStream.range(0, codes.length).filter(p -> isOf(p, block)).toArray();
            if (own.length < 2) continue;
            var ofBlock = IntStream.of(own).mapToObj(p -> codes[p]).toArray(int[][]::new);
            Patterns.of(ofBlock).ifPresent(found -> patterns.put(block, found));
        }
        return new Read(n, read, present, codes, patterns);
    }

    private boolean isOf(int category, Block block) {
        return levels.get(category).block() == block;
    }

    /**
     * The combinations of levels that occur in the categories of a block: where they are few, what
     * a cluster makes of them is computed once for each and not for every row.
     *
     * @param of for each row the number of its pattern
     * @param rows a row of each pattern
     */
    record Patterns(int[] of, int[] rows) {
        /**
         * @param codes categories × rows
         * @return empty if patterns are more than half as many as rows
         */
        static Optional<Patterns> of(int[][] codes) {
            int n = codes[0].length;
            int[] of = new int[n];
            int count = 1;
            for (int[] category : codes) {
                var numbers = new HashMap<Long, Integer>();
                for (int i = 0; i < n; i++) {
                    long both = (long) of[i] << 32 | category[i] + 1;
                    Integer known = numbers.putIfAbsent(both, numbers.size());
                    of[i] = known == null ? numbers.size() - 1 : known;
                }
                count = numbers.size();
                if (2 * count > n) return Optional.empty();
            }
            int[] rows = new int[count];
            for (int i = n - 1; i >= 0; i--) rows[of[i]] = i;
            return Optional.of(new Patterns(of, rows));
        }
    }

    /** Weight of each block's log-likelihood; a block that is absent has 1. */
    static double weight(Map<Block, Double> weights, Block block) {
        return weights.getOrDefault(block, 1.0);
    }
}
