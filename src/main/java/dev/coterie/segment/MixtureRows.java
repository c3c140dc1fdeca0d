package dev.coterie.segment;

import dev.coterie.features.Block;
import dev.coterie.features.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows as a mixture reads them, and what every fit on them begins with, whatever its k: searches
 * with many k compute it once.
 *
 * @param variances for each part of numbers, of its columns
 * @param shares for each category, of its levels
 * @param squares for each part of numbers, see {@link ClusterSums#squares}
 */
record MixtureRows(
        MixtureData data,
        MixtureData.Read read,
        double[][] variances,
        double[][] shares,
        double[][] squares) {

    /**
     * @param rows of the matrix
     */
    static MixtureRows of(MixtureData data, FeatureMatrix features, int[] rows) {
        return of(data, data.read(features, rows));
    }

    static MixtureRows of(MixtureData data, MixtureData.Read read) {
        double[][] variances = new double[data.numbers().size()][];
        double[][] squares = new double[data.numbers().size()][];
        for (int p = 0; p < variances.length; p++) {
            double[][] values = read.numbers()[p];
            boolean[] present = read.present()[p];
            int d = data.numbers().get(p).d();
            variances[p] = variances(values, present, d);
            squares[p] = ClusterSums.squares(values, present, d);
        }
        double[][] shares = new double[data.levels().size()][];
        for (int p = 0; p < shares.length; p++) {
            shares[p] = shares(read.codes()[p], data.levels().get(p).count());
        }
        return new MixtureRows(data, read, variances, shares, squares);
    }

    private static double[] variances(double[][] values, boolean[] present, int d) {
        double[] sums = new double[d];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (!present[i]) continue;
            n++;
            for (int j = 0; j < d; j++) sums[j] += values[i][j] * values[i][j];
        }
        for (int j = 0; j < d; j++) sums[j] = Math.max(1e-30, sums[j] / Math.max(1, n));
        return sums;
    }

    private static double[] shares(int[] codes, int levels) {
        double[] shares = new double[levels];
        int n = 0;
        for (int code : codes) {
            if (code < 0) continue;
            shares[code]++;
            n++;
        }
        // half a customer more for each level: one that a sample lacks is rare, not impossible
        for (int l = 0; l < levels; l++) shares[l] = (shares[l] + 0.5) / (n + 0.5 * levels);
        return shares;
    }

    int n() {
        return read.n();
    }

    /** The columns of one block. */
    MixtureRows only(Block block) {
        int[] numbers = parts(data.numbers().stream().map(MixtureData.Numbers::block), block);
        int[] levels = parts(data.levels().stream().map(MixtureData.Levels::block), block);
        return new MixtureRows(
                new MixtureData(
                        IntStream.of(numbers).mapToObj(data.numbers()::get).toList(),
                        IntStream.of(levels).mapToObj(data.levels()::get).toList()),
                new MixtureData.Read(
                        n(),
                        chosen(read.numbers(), numbers),
                        chosen(read.present(), numbers),
                        chosen(read.codes(), levels),
                        read.patterns()),
                chosen(variances, numbers),
                chosen(shares, levels),
                chosen(squares, numbers));
    }

    private static int[] parts(Stream<Block> blocks, Block block) {
        List<Block> all = blocks.toList();
        return IntStream.range(0, all.size()).filter(p -> all.get(p) == block).toArray();
    }

    private static <T> T[] chosen(T[] all, int[] parts) {
        T[] chosen = Arrays.copyOf(all, parts.length);
        Arrays.setAll(chosen, p -> all[parts[p]]);
        return chosen;
    }
}
